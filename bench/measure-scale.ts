import type { EmbeddedServer } from "../src/database/embedded";
import { runLargeChild } from "./run-child";
import type { Holding } from "./scale/hold-board";
import { measureReading, measureWriting } from "./scale/measure-database";
import { offenders, tellHoldings } from "./scale/tell-holdings";
import { project } from "./scale/project";
import { withWorld } from "./scale/with-world";

/** A large size, and the parts of it that lines are drawn through. */
const DEFAULT = { models: 50_000, nodes: 500 };
const PARTS = [1 / 4, 1 / 2, 1];

/** Observations that are read from the database: more take minutes to write. */
const STORED = [250_000, 500_000, 1_000_000];
const STORED_MODELS = 5_000;

/** Megabytes of objects and strings that a process may hold, at least, and for each model. Columns of numbers are not counted there. */
const [LEAST_MEGABYTES, MEGABYTES_A_MODEL] = [2_048, 1 / 16];

/**
 * One process at a large size: what it holds, what it takes, and what follows for a million models. `numbers`: models and benchmarks; by default
 * 50,000 and 500. Observations are drawn in memory; what the database does is measured apart, on fewer.
 */
export async function measureScale(
  server: EmbeddedServer,
  [models = DEFAULT.models, nodes = DEFAULT.nodes]: readonly number[],
): Promise<void> {
  const holdings: Holding[] = [];
  for (const part of PARTS) {
    const size = { models: Math.round(models * part), nodes };
    const megabytes = Math.round(LEAST_MEGABYTES + size.models * MEGABYTES_A_MODEL);
    console.log(`Holding ${size.models} models on ${nodes} benchmarks…`);
    holdings.push(await withWorld(server, size, (url) => runLargeChild<Holding>(megabytes, "scale/hold-board", url)));
  }
  console.log(`\n${tellHoldings(holdings)}\n`);
  const worse = offenders(holdings);
  console.log(`Worse than with the number of models: ${worse.length > 0 ? worse.join("; ") : "nothing"}.\n`);
  console.log(`${project(holdings)}\n`);

  console.log(`Reading and writing a database of ${STORED_MODELS} models on ${nodes} benchmarks…`);
  await withWorld(server, { models: STORED_MODELS, nodes }, async (url, dataSource) => {
    for (const { observations, bytes, indexBytes, load } of await measureReading(url, dataSource, STORED)) {
      const each = (part: number): string => (part / observations).toFixed(0);
      console.log(
        `${observations.toLocaleString("en")} observations: read in ${load.toFixed(0)} ms, ${Math.round(observations / load).toLocaleString("en")} a millisecond; on disk ${each(bytes)} bytes each, ${each(indexBytes)} of it indexes`,
      );
    }
    const { one, eight, many } = await measureWriting(dataSource);
    console.log(
      `Scores written a second: ${one.toFixed(0)} one by one, ${eight.toFixed(0)} one by one by eight writers at once, ${many.toFixed(0)} by 10,000`,
    );
  });
}
