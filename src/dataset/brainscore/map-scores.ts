import { isText, isTitle } from "../../database/texts";
import { beats } from "../../scoring/beats";
import { type LayerRow, type ScoreRow } from "../dataset";
import { type Journal } from "./journal";
import { type MappedVersion } from "./map-benchmarks";
import { type MappedModel } from "./map-models";
import { LiteralFault, readLiteral } from "./read-literal";
import { toInstant, toNumber, UNREADABLE } from "./read-values";
import { type Link, LONGEST_COMMENT, type Source, type SourceRow } from "./source";
import { NO_ZONE } from "./values-of";

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

interface Layer {
  readonly row: LayerRow;
  readonly at: number;
  readonly rank: readonly [place: number, version: number, end: string];
}

/** What is gathered of a domain: its observations, the place of each key among them, and the layers by model and region. */
interface Gathered {
  readonly rows: ScoreRow[];
  readonly places: number[];
  readonly byKey: Map<string, number>;
  readonly layers: Map<string, Layer>;
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
    const row = scoreOf(entry, where, { ...ground, ...placed });
    if (!row) continue;
    if (row.comment?.startsWith("layers:")) takeLayers(own, row, { at: entry.at, where, journal, model, version });
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

function scoreOf(
  { values }: SourceRow,
  where: () => string,
  { journal, model, version, now }: ScoreGround & { model: MappedModel; version: MappedVersion },
): ScoreRow | null {
  const numbers = [values.score_raw, values.score_ceiled].map(toNumber);
  const unreadable = numbers.indexOf(UNREADABLE);
  if (unreadable >= 0) {
    journal.leaveOut("a score that is no number", where, [values.score_raw, values.score_ceiled][unreadable]);
    return null;
  }
  const [raw, ceiled] = numbers as (number | null)[];
  if ([values.score_raw, values.score_ceiled].some((value) => typeof value === "string" && !/nan|inf/i.test(value)))
    journal.repair("a number written as text: read", where, values.score_raw);
  const instant = (column: string): string | null => {
    const read = toInstant(values[column]);
    if (read === UNREADABLE) journal.repair(`a value of ${column} that is no instant: unknown`, where, values[column]);
    if (read === UNREADABLE || !read) return null;
    if (!read.hasZone) journal.repair(NO_ZONE, where, values[column]);
    return read.iso;
  };
  let started = instant("start_timestamp");
  const ended = instant("end_timestamp");
  if (ended !== null && Date.parse(ended) > now) {
    journal.leaveOut("a score that ends in the future", where, ended);
    return null;
  }
  if (started !== null && ended !== null && Date.parse(started) > Date.parse(ended)) {
    journal.repair("an end before its start: start unknown", where, `${ended} before ${started}`);
    started = null;
  }
  const comment = commentOf(values.comment, where, journal);
  const failed = hasFailed({ raw, ceiled, comment, isRaw: version.isRaw }, where, journal);
  const known = (number: number | null, what: string): number | null => {
    if (failed || number === null) return null;
    if (isFit(number)) return number;
    journal.repair(`${what} that is NaN, infinite or above 1e12: unknown`, where, number);
    return null;
  };
  return {
    model: model.row.name,
    owner: model.row.owner ?? null,
    benchmark: version.row.benchmark,
    version: version.row.version,
    raw: known(raw, "a raw score that is not the number here"),
    ceiled: known(ceiled, "a ceiled score that is not the number here"),
    error: errorOf(values.error, failed, where, journal),
    failed,
    started_at: started,
    ended_at: ended,
    comment,
    submission: model.submission?.key ?? null,
  };
}

const isFit = (number: number): boolean => Number.isFinite(number) && Math.abs(number) <= 1e12;

/**
 * A run has failed if its number (§2), raw under a raw root and ceiled elsewhere, is none that can be one, or if it is NULL and the comment
 * speaks of an error.
 */
function hasFailed(
  { raw, ceiled, comment, isRaw }: { raw: number | null; ceiled: number | null; comment: string | null; isRaw: boolean },
  where: () => string,
  journal: Journal,
): boolean {
  const number = isRaw ? raw : ceiled;
  const other = isRaw ? ceiled : raw;
  if (number !== null && !isFit(number)) {
    journal.repair("a score that is NaN, infinite or above 1e12: failed, without numbers", where, number);
    return true;
  }
  if (number !== null) return false;
  if (/error/i.test(comment ?? "")) {
    journal.repair("a NULL score with an error in its comment: failed, without numbers", where, comment);
    return true;
  }
  if (other === null || isFit(other)) return false;
  journal.repair("a score that is NaN, infinite or above 1e12: failed, without numbers", where, other);
  return true;
}

function errorOf(value: unknown, failed: boolean, where: () => string, journal: Journal): number | null {
  const error = toNumber(value);
  if (error === null) return null;
  if (error !== UNREADABLE && isFit(error) && error >= 0) return failed ? null : error;
  journal.repair("an error of a score that is NaN or no number from 0: unknown", where, value);
  return null;
}

function commentOf(value: unknown, where: () => string, journal: Journal): string | null {
  if (value === null || value === undefined || value === "") return null;
  if (typeof value === "string" && value.length <= LONGEST_COMMENT && isText(value)) return value;
  const what =
    typeof value !== "string"
      ? "is no text"
      : value.length > LONGEST_COMMENT
        ? `has more than ${LONGEST_COMMENT} characters`
        : "has characters that no database holds";
  journal.leaveOut(`a comment that ${what}`, where, typeof value === "string" ? value.slice(0, 60) : value);
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

/** Which layer stands for which region: of several comments of a model, that on the later benchmark in tree order. */
function takeLayers(
  { layers }: Gathered,
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

function compareRanks(a: Layer["rank"], b: Layer["rank"]): number {
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
