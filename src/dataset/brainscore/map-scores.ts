import { beats } from "../../scoring/beats";
import { type LayerRow, type ScoreRow } from "../dataset";
import { type Journal } from "./journal";
import { type MappedModel } from "./map-models";
import { type MappedVersion } from "./map-versions";
import { readScore } from "./read-score";
import { type Link, type Source, type SourceRow } from "./source";
import { type FoundLayer, takeLayers } from "./take-layers";

/** The observations of one domain and the layers that their comments tell; with where they stand. */
export interface MappedScores {
  readonly rows: ScoreRow[];
  readonly places: number[];
  readonly layers: LayerRow[];
  readonly layerPlaces: number[];
}

/** What the scores rest on. */
export interface ScoreGround {
  readonly source: Source;
  readonly journal: Journal;
  readonly models: ReadonlyMap<string, MappedModel>;
  readonly versions: ReadonlyMap<string, MappedVersion>;
  /** The domains that are imported. */
  readonly domains: ReadonlySet<string>;
  /** Milliseconds since 1970: what ends later is in the future. */
  readonly now: number;
}

/** What is gathered of a domain: its observations, the place of each key among them, and the layers by model and region. */
interface Gathered {
  readonly rows: ScoreRow[];
  readonly places: number[];
  readonly byKey: Map<string, number>;
  readonly layers: Map<string, FoundLayer>;
}

/** The observations by domain, read one by one; of several with one key the winner of §2 is kept. */
export async function mapScores(ground: ScoreGround): Promise<Map<string, MappedScores>> {
  const { source, journal, domains } = ground;
  const gathered = new Map<string, Gathered>(
    [...domains].map((domain) => [domain, { rows: [], places: [], byKey: new Map(), layers: new Map() }]),
  );
  for await (const entry of source.scores()) {
    const where = (): string => source.placeOf("score", entry.at);
    const placed = placeScore(entry, where, ground);
    const own = placed && gathered.get(placed.model.domain);
    if (!placed || !own) continue;
    const { model, version } = placed;
    const row = readScore(entry, where, { ...ground, ...placed });
    if (!row) continue;
    if (row.comment?.startsWith("layers:")) takeLayers(own.layers, row, { at: entry.at, where, journal, model, version });
    const key = `${entry.links.model as string} ${entry.links.benchmark as string} ${row.started_at} ${row.ended_at}`;
    const earlier = own.byKey.get(key);
    if (earlier === undefined) {
      own.byKey.set(key, own.rows.push(row) - 1);
      own.places.push(entry.at);
      continue;
    }
    const wins = isBetter(row, own.rows[earlier], version.isRaw);
    const loser = wins ? own.places[earlier] : entry.at;
    const what = "a score of the same model, version, start and end as one that counts rather (§2)";
    journal.leaveOut(what, () => source.placeOf("score", loser), `${row.model} on ${row.benchmark}`);
    if (!wins) continue;
    own.rows[earlier] = row;
    own.places[earlier] = entry.at;
  }
  return new Map(
    [...gathered].map(([domain, { rows, places, layers }]) => {
      const kept = [...layers.values()];
      return [domain, { rows, places, layers: kept.map(({ row }) => row), layerPlaces: kept.map(({ at }) => at) }];
    }),
  );
}

/** The model and the version of a score; null, which is told, if it has none in one domain. */
function placeScore(
  entry: SourceRow,
  where: () => string,
  { journal, models, versions }: ScoreGround,
): { model: MappedModel; version: MappedVersion } | null {
  const find = <T>(link: Link | undefined, rows: ReadonlyMap<string, T>, noun: string): T | null => {
    const found = typeof link === "string" ? rows.get(link) : undefined;
    if (!found)
      journal.leaveOut(
        `a score of a ${noun} that is not there or was left out`,
        where,
        link && typeof link === "object" ? link.unknown : (link ?? null),
      );
    return found ?? null;
  };
  const model = find(entry.links.model, models, "model");
  const version = model && find(entry.links.benchmark, versions, "version");
  if (!model || !version) return null;
  if (model.domain === version.domain) return { model, version };
  journal.leaveOut("a score of a model of another domain than the benchmark's", where, `${model.row.name} on ${version.row.benchmark}`);
  return null;
}

/** True if the first of two observations counts rather than the second, of one key (§2). */
function isBetter(a: ScoreRow, b: ScoreRow, isRaw: boolean): boolean {
  const both = (pick: (row: ScoreRow) => number | null | undefined): Float64Array => Float64Array.of(pick(a) ?? NaN, pick(b) ?? NaN);
  const same = new Int32Array(2);
  const unknown = both(() => null);
  return beats(
    {
      length: 2,
      model: same,
      node: same,
      version: same,
      raw: both(({ raw }) => raw),
      ceiled: both(({ ceiled }) => ceiled),
      error: unknown,
      failed: Uint8Array.of(Number(a.failed), Number(b.failed)),
      startedAt: unknown,
      endedAt: unknown,
      retracted: new Uint8Array(2),
    },
    0,
    1,
    isRaw,
  );
}
