import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { ExpectedError } from "../errors";
import { buildSchema } from "../server/schema";

/** Where the printed schema is, from the folder that the program runs in. */
const FOLDER = "schema";

/** `scoretree compose`: prints the schema of each subgraph, of the supergraph and of the API; with `check` it only tells whether they are current. */
export async function runCompose({ check = false }: { check?: boolean }): Promise<void> {
  const { subgraphs, supergraph, api } = buildSchema();
  const files = new Map([
    ...subgraphs.map(({ name, sdl }) => [`${name}.graphql`, sdl] as const),
    ["supergraph.graphql", supergraph],
    ["api.graphql", api],
  ]);
  const folder = path.resolve(FOLDER);
  const texts = new Map([...files].map(([file, text]) => [file, `${text.trim()}\n`]));
  const present = (await readdir(folder).catch(() => [])).filter((file) => file.endsWith(".graphql"));
  const stale: string[] = present.filter((file) => !texts.has(file)).map((file) => `${file} (no longer made)`);
  for (const [file, text] of texts) {
    const printed = await readFile(path.join(folder, file), "utf8").catch(() => null);
    if (printed !== text) stale.push(file);
  }
  if (check && stale.length > 0)
    throw new ExpectedError("CONFIGURATION", `${FOLDER}/ is not current: ${stale.join(", ")}. Run: npm run scoretree -- compose`);
  if (check) {
    console.log(`${FOLDER}/ is current: ${texts.size} files.`);
    return;
  }
  await mkdir(folder, { recursive: true });
  for (const [file, text] of texts) await writeFile(path.join(folder, file), text);
  console.log(`Wrote ${texts.size} files to ${folder}${stale.length === 0 ? ": nothing changed" : `: ${stale.join(", ")} changed`}.`);
}
