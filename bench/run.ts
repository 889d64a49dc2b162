import "reflect-metadata";
import { rm } from "node:fs/promises";
import { cpus, loadavg, tmpdir, totalmem } from "node:os";
import path from "node:path";
import { openEmbedded } from "../src/database/embedded";
import { measureFaults } from "./faults/measure-faults";
import type { Figure } from "./measure";
import { measureAnswers } from "./measure-answers";
import { measureConditions } from "./measure-conditions";
import { measureExports } from "./measure-exports";
import { measureFederation } from "./measure-federation";
import { measureFreshness } from "./measure-freshness";
import { measureHttp } from "./measure-http";
import { measureLoad } from "./measure-load";
import { measureOverload } from "./measure-overload";
import { measureScale } from "./measure-scale";
import { measureScoring } from "./measure-scoring";
import { measureSubmitting } from "./measure-submitting";
import { writePage } from "./page/write-page";
import { measurePeers, type PeerFigure } from "./peers/measure-peers";
import { tellPeers } from "./peers/tell-peers";
import { type BenchName, type Circumstances, writeResult } from "./results";
import { measureSteady } from "./steady/measure-steady";
import { makeSubject, type Size, type Subject } from "./subject";
import { tellFigures } from "./tell-figures";

const SIZES = [500, 2_000, 5_000];

interface Bench {
  /** Numbers of models that are measured by default, and of which the page tells. */
  readonly sizes: readonly number[];
  readonly measure: (subject: Subject) => Promise<{ readonly figures?: Figure[]; readonly peers?: PeerFigure[] }>;
}

const ofFigures = (sizes: readonly number[], measure: (subject: Subject) => Promise<Figure[]>): Bench => ({
  sizes,
  measure: async (subject) => ({ figures: await measure(subject) }),
});

/** In the order in which they are run: the later ones add facts. */
const BENCHES: Readonly<Record<BenchName, Bench>> = {
  load: ofFigures(SIZES, measureLoad),
  scoring: ofFigures(SIZES, measureScoring),
  answers: ofFigures(SIZES, measureAnswers),
  peers: { sizes: [500], measure: async (subject) => ({ peers: await measurePeers(subject) }) },
  http: ofFigures([500, 5_000], measureHttp),
  overload: ofFigures([500], measureOverload),
  federation: ofFigures([500], measureFederation),
  conditions: ofFigures([500, 5_000], measureConditions),
  freshness: ofFigures([500], measureFreshness),
  submitting: ofFigures([500], measureSubmitting),
};

const NAMES = Object.keys(BENCHES) as BenchName[];

const USAGE = `npm run bench -- [${NAMES.join(" | ")}]... [number of models, 500 or more]...   Default: all of them, at the sizes that docs/speed.md has.
npm run bench -- scale [number of models] [number of benchmarks, 100 or more]   One process at a large size. Default: 50000 500.
npm run bench -- exports [number of models] [number of benchmarks, 100 or more]   Files of one process at a large size. Default: 20000 500.
npm run bench -- faults [minutes]   Two processes under load while something fails every 20 seconds. Default: 30.
npm run bench -- steady [minutes] [percent]   200 connections ask so much of what a process can answer, with a write every second. Default: 10 70.`;

/** What is measured apart from all others, by the numbers of models and benchmarks, or by minutes. */
const LARGE: Readonly<Record<string, typeof measureScale>> = {
  scale: measureScale,
  exports: measureExports,
  faults: measureFaults,
  steady: measureSteady,
};

/**
 * Runs the chosen benches and prints tables. At their own sizes what they come to is kept in bench/results and told in docs/speed.md; at the
 * sizes given it is only printed.
 */
async function run(args: readonly string[]): Promise<void> {
  const large = Object.hasOwn(LARGE, args[0] ?? "") ? LARGE[args[0]] : null;
  const isNumber = (arg: string): boolean =>
    Number.isInteger(Number(arg)) && Number(arg) >= (large === measureFaults || large === measureSteady ? 1 : large ? 100 : 500);
  const isName = (arg: string): arg is BenchName => Object.hasOwn(BENCHES, arg);
  const unknown = args.slice(large ? 1 : 0).filter((arg) => !isNumber(arg) && (large !== null || !isName(arg)));
  if (unknown.length > 0) throw new Error(`Unknown: ${unknown.join(" ")}. ${USAGE}`);
  const numbers = args.filter(isNumber).map(Number);
  const named = args.some(isName) ? NAMES.filter((name) => args.includes(name)) : NAMES;
  const circumstances: Circumstances = {
    at: new Date().toISOString(),
    machine: { cpu: cpus()[0].model, cores: cpus().length, gigabytes: Math.round(totalmem() / 2 ** 30), node: process.version },
    loadBefore: loadavg()[0],
  };
  const { machine, loadBefore } = circumstances;
  const busy = loadBefore > 0.5 ? " The machine is busy: read the figures with care." : "";
  console.log(`${machine.cores} cores of ${machine.cpu}, Node ${machine.node}; load before ${loadBefore.toFixed(2)}.${busy}`);

  const folder = path.join(tmpdir(), `scoretree-bench-${process.pid}`);
  const server = await openEmbedded(folder);
  const results = new Map(named.map((name) => [name, { sizes: [] as Size[], figures: [] as Figure[], peers: [] as PeerFigure[] }]));
  try {
    if (large) return await large(server, numbers);
    const sizes = numbers.length > 0 ? numbers : SIZES.filter((models) => named.some((name) => BENCHES[name].sizes.includes(models)));
    for (const models of sizes) {
      const subject = await makeSubject(server, models);
      console.log(
        `${models} models: ${subject.size.observations} observations; the default data set was imported in ${subject.importMilliseconds.toFixed(0)} ms`,
      );
      for (const [name, { sizes, figures, peers }] of results) {
        if (numbers.length === 0 && !BENCHES[name].sizes.includes(models)) continue;
        console.log(`${name}…`);
        const measured = await BENCHES[name].measure(subject);
        sizes.push(subject.size);
        figures.push(...(measured.figures ?? []));
        peers.push(...(measured.peers ?? []));
        if (numbers.length > 0 || models !== BENCHES[name].sizes.at(-1)) continue;
        await writeResult(name, { ...circumstances, sizes, figures, peers });
      }
      await subject.dataSource.destroy();
    }
  } finally {
    await server.stop();
    for (const place of [server.directory, folder]) await rm(place, { recursive: true, force: true });
  }
  for (const [name, { sizes, figures, peers }] of results) {
    console.log(`\n${name}\n${peers.length > 0 ? tellPeers(peers) : tellFigures(sizes, figures)}`);
    for (const { name, models, note } of figures) if (note) console.log(`${name}, ${models} models: ${note}`);
  }
  if (numbers.length === 0) console.log(`\nWritten: ${(await writePage()).join(", ")}`);
}

run(process.argv.slice(2)).catch((error) => {
  console.error(error);
  process.exitCode = 1;
});
