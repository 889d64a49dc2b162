import "reflect-metadata";
import { mkdir, rm, writeFile } from "node:fs/promises";
import { cpus, loadavg, tmpdir, totalmem } from "node:os";
import path from "node:path";
import { openEmbedded } from "../src/database/embedded";
import type { Figure } from "./measure";
import { measureAnswers } from "./measure-answers";
import { measureConditions } from "./measure-conditions";
import { measureFederation } from "./measure-federation";
import { measureFreshness } from "./measure-freshness";
import { measureHttp } from "./measure-http";
import { measureLoad } from "./measure-load";
import { measureScale } from "./measure-scale";
import { measureScoring } from "./measure-scoring";
import { measureSubmitting } from "./measure-submitting";
import { ROOT } from "./questions";
import { makeSubject, type Size, type Subject } from "./subject";
import { tellFigures } from "./tell-figures";

const BENCHES: Readonly<Record<string, (subject: Subject) => Promise<Figure[]>>> = {
  load: measureLoad,
  scoring: measureScoring,
  answers: measureAnswers,
  conditions: measureConditions,
  http: measureHttp,
  freshness: measureFreshness,
  federation: measureFederation,
  submitting: measureSubmitting,
};

const SIZES = [500, 2_000, 5_000];

const USAGE = `npm run bench -- [${Object.keys(BENCHES).join(" | ")}]... [number of models, 500 or more]...   Default: all of them.
npm run bench -- scale [number of models] [number of benchmarks, 100 or more]   One process at a large size. Default: 50000 500.`;

/** Runs the chosen benches at the chosen sizes, prints a table and, if it was everything, writes the raw figures below bench/results/. */
async function run(args: readonly string[]): Promise<void> {
  const isScale = args[0] === "scale";
  const isNumber = (arg: string): boolean => Number.isInteger(Number(arg)) && Number(arg) >= (isScale ? 100 : 500);
  const unknown = args.slice(isScale ? 1 : 0).filter((arg) => !isNumber(arg) && (isScale || !Object.hasOwn(BENCHES, arg)));
  if (unknown.length > 0) throw new Error(`Unknown: ${unknown.join(" ")}. ${USAGE}`);
  const named = args.filter((arg) => Object.hasOwn(BENCHES, arg));
  const numbers = args.filter(isNumber).map(Number);
  const machine = { cpu: cpus()[0].model, cores: cpus().length, gigabytes: Math.round(totalmem() / 2 ** 30), node: process.version };
  const [loadBefore] = loadavg();
  const busy = loadBefore > 0.5 ? " The machine was busy: read the figures with care." : "";
  console.log(`${machine.cores} cores of ${machine.cpu}, Node ${machine.node}; load before ${loadBefore.toFixed(2)}.${busy}`);

  const folder = path.join(tmpdir(), `scoretree-bench-${process.pid}`);
  const server = await openEmbedded(folder);
  const [sizes, figures, loads]: [Size[], Figure[], number[]] = [[], [], []];
  try {
    if (isScale) return await measureScale(server, numbers);
    for (const models of numbers.length > 0 ? numbers : SIZES) {
      const subject = await makeSubject(server, models);
      sizes.push(subject.size);
      console.log(
        `${models} models: ${subject.size.observations} observations; the default data set was imported in ${subject.importMilliseconds.toFixed(0)} ms`,
      );
      for (const name of named.length > 0 ? named : Object.keys(BENCHES)) {
        loads.push(loadavg()[0]);
        figures.push(...(await BENCHES[name](subject)));
      }
      await subject.dataSource.destroy();
    }
  } finally {
    await server.stop();
    for (const place of [server.directory, folder]) await rm(place, { recursive: true, force: true });
  }
  console.log(`\n${tellFigures(sizes, figures)}\n`);
  for (const { name, models, note } of figures) if (note) console.log(`${name}, ${models} models: ${note}`);
  if (args.length > 0) return;
  const results = path.join(ROOT, "bench/results");
  await mkdir(results, { recursive: true });
  const file = path.join(results, `${new Date().toISOString().slice(0, 10)}.json`);
  await writeFile(file, `${JSON.stringify({ at: new Date(), machine, loadBefore, loads, sizes, figures }, null, 2)}\n`);
  console.log(`Raw figures: ${path.relative(process.cwd(), file)}`);
}

run(process.argv.slice(2)).catch((error) => {
  console.error(error);
  process.exitCode = 1;
});
