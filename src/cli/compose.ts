import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { ExpectedError } from "../errors";
import { buildSchema } from "../server/schema";
import { count } from "./count";
import { acceptBreaking, refuseBreaking, releaseApi } from "./released-api";

/** The folder of the printed schema. */
const FOLDER = "schema";

export interface ComposeOptions {
  /** Write nothing; fail if the printed schema is not current, or breaks clients of the released one. */
  readonly check?: boolean;
  /** Accept what breaks clients of the released API, for this reason. */
  readonly accept?: string;
  /** Make the API as it is now the released one. */
  readonly release?: boolean;
}

/** The files of the printed schema: each subgraph, the supergraph and the API. */
function printAll(): Map<string, string> {
  const { subgraphs, supergraph, api } = buildSchema();
  const files = [...subgraphs.map(({ name, sdl }) => [`${name}.graphql`, sdl]), ["supergraph.graphql", supergraph], ["api.graphql", api]];
  return new Map(files.map(([file, text]) => [file, `${text.trim()}\n`]));
}

/** The files of a folder that are not as they should be, or should not be. */
async function findStale(folder: string, texts: ReadonlyMap<string, string>): Promise<string[]> {
  const present = (await readdir(folder).catch(() => [])).filter((file) => file.endsWith(".graphql"));
  const stale = present.filter((file) => !texts.has(file)).map((file) => `${file} (no longer made)`);
  for (const [file, text] of texts) {
    const printed = await readFile(path.join(folder, file), "utf8").catch(() => null);
    if (printed !== text) stale.push(file);
  }
  return stale;
}

/**
 * `scoretree compose`: prints the schema of each subgraph, of the supergraph and of the API, and holds it against the released one.
 * `root` is the folder that holds `schema/`; default: the one that the program runs in.
 */
export async function runCompose({ check = false, accept, release = false }: ComposeOptions, root = process.cwd()): Promise<void> {
  const texts = printAll();
  const api = texts.get("api.graphql")!;
  const folder = path.join(root, FOLDER);
  const stale = await findStale(folder, texts);
  if (check) {
    if (stale.length > 0)
      throw new ExpectedError("CONFIGURATION", `${FOLDER}/ is not current: ${stale.join(", ")}. Run: npm run scoretree -- compose`);
    await refuseBreaking(folder, api);
    console.log(`${FOLDER}/ is current: ${texts.size} files, and breaks no client of the released API.`);
    return;
  }
  await mkdir(folder, { recursive: true });
  for (const [file, text] of texts) await writeFile(path.join(folder, file), text);
  console.log(`Wrote ${texts.size} files to ${folder}${stale.length === 0 ? ": nothing changed" : `: ${stale.join(", ")} changed`}.`);
  if (accept !== undefined) console.log(`Accepted ${count((await acceptBreaking(folder, api, accept)).length, "breaking change")}.`);
  if (release) {
    await releaseApi(folder, api);
    console.log("This API is the released one now.");
  }
}
