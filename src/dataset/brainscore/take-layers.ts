import { isText, isTitle } from "../../database/texts";
import { type LayerRow, type ScoreRow } from "../dataset";
import { type Journal } from "./journal";
import { type MappedModel } from "./map-models";
import { type MappedVersion } from "./map-versions";
import { LiteralFault, readLiteral } from "./read-literal";

/** A layer that a comment tells, where that stands, and what it is weighed by against others of its model and region. */
export interface FoundLayer {
  readonly row: LayerRow;
  readonly at: number;
  readonly rank: readonly [place: number, version: number, end: string];
}

/**
 * Takes the layers that the comment of an observation tells, `layers: {…}`, a Python dict of regions. Of several of one model and region that
 * on the later benchmark in tree order wins. A malformed one is told and left out.
 */
export function takeLayers(
  layers: Map<string, FoundLayer>,
  row: ScoreRow,
  told: { at: number; where: () => string; journal: Journal; model: MappedModel; version: MappedVersion },
): void {
  const { at, where, journal, model, version } = told;
  const rank = [version.place, row.version, row.ended_at ?? ""] as const;
  try {
    for (const [region, layer] of readLayers((row.comment ?? "").slice("layers:".length))) {
      const key = JSON.stringify([model.row.name, model.row.owner ?? null, region]);
      const earlier = layers.get(key);
      if (earlier && compareRanks(earlier.rank, rank) > 0) continue;
      layers.set(key, { row: { model: model.row.name, owner: model.row.owner ?? null, region, layer }, at, rank });
    }
  } catch (error) {
    if (!(error instanceof LiteralFault)) throw error;
    journal.leaveOut(`layers in a comment that cannot be read`, where, error.message);
  }
}

function compareRanks(a: FoundLayer["rank"], b: FoundLayer["rank"]): number {
  return a[0] - b[0] || a[1] - b[1] || Number(a[2] > b[2]) - Number(a[2] < b[2]);
}

/** Region and layer of each entry of a dict; several layers are one text with commas, an entry of None is none. */
function readLayers(text: string): [region: string, layer: string][] {
  const dict = readLiteral(text);
  if (!(dict instanceof Map)) throw new LiteralFault("expected a dict of regions and layers");
  return [...dict].flatMap(([region, layer]): [string, string][] => {
    if (layer === null) return [];
    const parts: readonly unknown[] = Array.isArray(layer) ? layer : [layer];
    const words = parts.filter((part): part is string | number => typeof part === "string" || typeof part === "number").map(String);
    const isGood =
      typeof region === "string" && isTitle(region) && words.length === parts.length && words.join("") !== "" && words.every(isText);
    if (!isGood) throw new LiteralFault("expected a name of a region and a text for its layer");
    return [[region, words.join(", ")]];
  });
}
