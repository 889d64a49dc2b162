import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { type Figure, median } from "./measure";
import type { Stream, Streamed } from "./press-open";
import { anew, card, type Question } from "./questions";
import { besideChild, runChildOn } from "./run-child";
import type { Subject } from "./subject";

const [SERVER_CORE, LOAD_CORE] = [0, 1];
const SECONDS = 6;

/** As of a server that nobody configured, in milliseconds. */
const LONGEST_WAIT = "500";

const ROUNDS = 5;

/** As heavy as a query may be: the cells of all models of a page. */
const heavy = (): Question =>
  anew({
    query: `query Heavy { models(domain: "vision", first: 100) { nodes { name scores { value rank benchmark { identifier } statistics { mean } } } } }`,
    variables: {},
  });

/** A cell of one model. */
const cheap = (): Question =>
  anew({
    query: `query Cheap { model(domain: "vision", name: "resnet-50x2_untrained") { score(benchmark: "average_vision") { value rank } } }`,
    variables: {},
  });

/**
 * What becomes of answers when four times as many are asked for as can be computed, and of small questions while large ones are answered.
 * The server has one core, the load the other.
 */
export async function measureOverload({ url, size: { models } }: Subject): Promise<Figure[]> {
  const folder = await mkdtemp(path.join(tmpdir(), "scoretree-bench-"));
  const files: Record<string, string> = {};
  for (const [name, question] of Object.entries({ card: anew(card()), heavy: heavy(), cheap: cheap() })) {
    files[name] = path.join(folder, name);
    await writeFile(files[name], JSON.stringify(question));
  }
  const rounds: Record<string, number[]> = {};
  const notes: Record<string, string> = {};
  const note = (name: string, value: number, words = ""): void => {
    (rounds[name] ??= []).push(value);
    if (words) notes[name] = words;
  };
  try {
    await besideChild(
      "serve-platform",
      [url, LONGEST_WAIT],
      async (platform: string) => {
        const press = async (streams: readonly Stream[], seconds = SECONDS): Promise<Streamed[]> => {
          const all = await runChildOn<Streamed[]>(LOAD_CORE, "press-open", platform, JSON.stringify(streams), String(seconds));
          const failures = all.map((each) => each.failures);
          if (failures.some((each) => Object.keys(each).length > 0))
            throw new Error(`Requests were neither answered nor refused: ${JSON.stringify(failures)}`);
          return all;
        };
        await press([{ file: files.card, connections: 10 }]);
        await press([{ file: files.heavy, connections: 1 }], 2);
        for (let round = 0; round < ROUNDS; round++) {
          const [peak] = await press([{ file: files.card, connections: 10 }]);
          const [over] = await press([{ file: files.card, perSecond: 4 * peak.goodPerSecond }]);
          note("cards at the peak", peak.goodPerSecond, `p99 ${peak.good.p99} ms`);
          note("cards asked for four times as often", over.goodPerSecond, `p50 ${over.good.p50} ms, p99 ${over.good.p99} ms`);
          note("good answers under overload to the peak", over.goodPerSecond / peak.goodPerSecond);
          note(
            "refusal under overload, p99",
            over.refused.p99,
            `${Math.round(over.refusedPerSecond)} a second, p50 ${over.refused.p50} ms`,
          );
          const [large, small] = await press([
            { file: files.heavy, connections: 4 },
            { file: files.cheap, perSecond: 50 },
          ]);
          note(
            "small queries while large ones run, p99",
            small.good.p99,
            `p50 ${small.good.p50} ms, ${small.refusedPerSecond} refused a second`,
          );
          note("large queries meanwhile, p50", large.good.p50, `${large.goodPerSecond.toFixed(1)} a second`);
        }
      },
      { core: SERVER_CORE },
    );
  } finally {
    await rm(folder, { recursive: true });
  }
  const unitOf = (name: string): Figure["unit"] =>
    name.includes("to the peak") ? "ratio" : name.startsWith("cards") ? "requests/s" : "ms";
  return Object.entries(rounds).map(([name, values]) => ({
    ...{ bench: "overload", name, models, unit: unitOf(name), median: median(values), rounds: values },
    ...(notes[name] ? { note: notes[name] } : {}),
  }));
}
