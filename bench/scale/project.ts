import { at, fitLine, type Line } from "./fit-line";
import type { Holding } from "./hold-board";

/** What is assumed beside the measured figures. */
const ASSUMED = {
  models: 1_000_000,
  /** Memory of one machine, in bytes, of which two thirds may be held. */
  machineBytes: 64 * 2 ** 30,
  heldShare: 2 / 3,
  /** A score is to be in the ranks of one process after this time, in milliseconds on a processor. */
  freshness: 100,
  /** Cards that are asked for in a second at the busiest time. */
  cards: 1_000,
  /** Of a processor, what requests may take: the rest is for new facts and garbage. */
  busyShare: 0.6,
} as const;

const line = (holdings: readonly Holding[], of: (holding: Holding) => number): Line =>
  fitLine(
    holdings.map(({ models }) => models),
    holdings.map(of),
  );

const gigabytes = (bytes: number): string => `${(bytes / 2 ** 30).toFixed(1)} GB`;
const seconds = (milliseconds: number): string =>
  milliseconds >= 1_000 ? `${(milliseconds / 1_000).toFixed(1)} s` : `${milliseconds.toFixed(0)} ms`;

/**
 * What a million models would need, in words: straight lines through the sizes measured, drawn on. The further a line is drawn, the less it is
 * worth; what it is off at the sizes measured is told.
 */
export function project(holdings: readonly Holding[]): string {
  const { models, machineBytes, heldShare, freshness, cards, busyShare } = ASSUMED;
  const { nodes } = holdings[0];
  const holds = line(holdings, ({ bytes }) => bytes.models + bytes.observations + bytes.columns + bytes.ranks);
  const effort = (name: string): Line => line(holdings, ({ efforts }) => efforts[name].processor);
  const oneScore = effort("card after one score");
  const names = [
    "reading the models",
    "first standings",
    "sorting all columns",
    "one score: newer board",
    "card after one score",
    "1,000 scores: newer board",
    "one new model: newer board",
  ];
  const observations = line(holdings, ({ observations }) => observations);
  const byMemory = Math.floor((heldShare * machineBytes - holds.start) / holds.slope);
  const byFreshness = Math.floor((freshness - oneScore.start) / oneScore.slope);
  const processor = Math.max(...holdings.map(({ served }) => served.card.processor));
  const most = Math.min(byMemory, byFreshness);
  const off = ({ off }: Line): string => `off by ${(100 * off).toFixed(0)} % at most`;
  return [
    `Assumed: ${models.toLocaleString("en")} models of one domain on ${nodes} benchmarks, as many observations a model as here; machines of ${gigabytes(machineBytes)}, of which ${(100 * heldShare).toFixed(0)} % may be held; a score in the ranks of a process within ${freshness} ms on a processor; ${cards.toLocaleString("en")} cards a second that no cache answers, processors ${100 * busyShare} % busy with them; everything grows as straight lines through ${holdings.length} sizes.`,
    `- Observations: ${Math.round(at(observations, models)).toLocaleString("en")}.`,
    `- One process that holds everything: ${gigabytes(at(holds, models))} (${off(holds)}).`,
    ...names.map((name) => `- ${name}: ${seconds(at(effort(name), models))} on processors (${off(effort(name))}).`),
    `- Models that one process can hold: ${byMemory.toLocaleString("en")} by memory, ${byFreshness.toLocaleString("en")} by the time that one score takes.`,
    `- So shards of scores, by domain or by model: ${Math.ceil(models / most)}, of ${Math.ceil(models / Math.ceil(models / most)).toLocaleString("en")} models each.`,
    `- Processes that answer the cards: ${Math.ceil((cards * processor) / 1_000 / busyShare)} (${processor.toFixed(1)} ms on processors a card, the most measured), each with all that it answers about in memory.`,
  ].join("\n");
}
