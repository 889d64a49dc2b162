import type { EmbeddedServer } from "../src/database/embedded";
import type { Exports } from "./exports/hold-exports";
import { runLargeChild } from "./run-child";
import { withWorld } from "./scale/with-world";

/** Models and benchmarks: more than five million rows of scores. */
const DEFAULT = { models: 20_000, nodes: 500 };

/** Megabytes of objects and strings that the process may hold: what Node gives a process by itself is more. */
const MEGABYTES = 1_024;

const megabytes = (bytes: number): string => (bytes / 2 ** 20).toFixed(0);

/** What a process came to, as a Markdown table. */
function tellExports({ models, nodes, observations, rows, files }: Exports): string {
  const told = files.map(({ name, bytes, first, last, before, highest, turn, turnByClock }) =>
    [
      ...[name, megabytes(bytes), `${first.toFixed(0)} ms`, `${(last / 1_000).toFixed(1)} s`, megabytes(before), megabytes(highest)],
      ...[`+${megabytes(highest - before)}`, turn === null ? "" : turn.toFixed(0), turnByClock.toFixed(0)],
    ].join(" | "),
  );
  return [
    `${models.toLocaleString("en")} models on ${nodes} benchmarks, ${observations.toLocaleString("en")} observations: ${rows.toLocaleString("en")} rows of scores.`,
    "",
    "| file | MB | first byte | whole | resident before, MB | highest, MB | more, MB | longest turn on a processor, ms | by the clock, ms |",
    "| --- | --: | --: | --: | --: | --: | --: | --: | --: |",
    ...told.map((cells) => `| ${cells} |`),
  ].join("\n");
}

/** What it takes a process to send large files: memory beside the board that it holds anyway, time, and turns of its event loop. */
export async function measureExports(
  server: EmbeddedServer,
  [models = DEFAULT.models, nodes = DEFAULT.nodes]: readonly number[],
): Promise<void> {
  const exported = await withWorld(server, { models, nodes }, (url) => runLargeChild<Exports>(MEGABYTES, "exports/hold-exports", url));
  console.log(`\n${tellExports(exported)}\n`);
}
