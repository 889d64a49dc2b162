import { readFile, writeFile } from "node:fs/promises";
import { parse } from "graphql";
import type { Config } from "../config";
import { ExpectedError } from "../errors";
import { compose, type Composable } from "../federation/compose";
import { buildSubgraph } from "../federation/subgraph";
import { SUBGRAPHS } from "../server/subgraphs";

/** A subgraph of somebody else: where it is, and its schema. */
interface Neighbour extends Composable {
  readonly url: string;
}

/** Names that stay themselves as enum values of a supergraph, once they are in capitals. */
const NAME = /^[a-z][a-z0-9_]*$/;

/** Reads `NAME=URL=FILE`; a URL may hold `=`, a file's name may not. Throws CONFIGURATION if it is no such text. */
async function readNeighbour(text: string): Promise<Neighbour> {
  const refuse = (fault: string): never => {
    throw new ExpectedError(
      "CONFIGURATION",
      `--with ${text}: ${fault}. Expected NAME=URL=FILE, such as lab=http://127.0.0.1:4100/graphql=lab.graphql.`,
    );
  };
  const first = text.indexOf("=");
  const last = text.lastIndexOf("=");
  const [name, url, file] = [text.slice(0, first), text.slice(first + 1, last), text.slice(last + 1)];
  if (last <= first) refuse("it has no two signs =");
  if (!NAME.test(name)) refuse(`the name ${JSON.stringify(name)} is not of small letters, digits and _`);
  if (SUBGRAPHS.some((own) => own.name === name)) refuse(`the subgraph ${name} is one of scoretree's own`);
  if (!URL.canParse(url) || !/^https?:/i.test(url)) refuse(`${JSON.stringify(url)} is no address that begins with http:// or https://`);
  const sdl = await readFile(file, "utf8").catch((error: Error) => refuse(error.message));
  try {
    parse(sdl);
  } catch (error) {
    refuse(`${file} is not SDL: ${(error as Error).message}`);
  }
  return { name, url, sdl };
}

export interface ComposeWithOptions {
  /** Subgraphs of others, each as `NAME=URL=FILE`. Default: none. */
  readonly with?: readonly string[];
  /** The file that the supergraph is written to. */
  readonly out?: string;
}

/**
 * `scoretree compose --with … --out FILE`: composes this platform's subgraphs, where the environment says that they are, with others' into
 * one supergraph, for a gateway. Throws CONFIGURATION with all that keeps them from composing.
 */
export async function runComposeWith(
  { subgraphs }: Pick<Config, "subgraphs">,
  { with: others = [], out }: ComposeWithOptions,
): Promise<void> {
  if (out === undefined) throw new ExpectedError("CONFIGURATION", "--with needs --out FILE, the file that the supergraph is written to.");
  const neighbours = await Promise.all(others.map(readNeighbour));
  const repeated = neighbours.find(({ name }, place) => neighbours.findIndex((other) => other.name === name) < place);
  if (repeated) throw new ExpectedError("CONFIGURATION", `--with names two subgraphs ${repeated.name}. Expected each once.`);
  const all: Composable[] = [...SUBGRAPHS.map(buildSubgraph), ...neighbours];
  const urls: Readonly<Record<string, string>> = { ...subgraphs, ...Object.fromEntries(neighbours.map(({ name, url }) => [name, url])) };
  const { supergraph } = compose(all, (name) => urls[name]);
  await writeFile(out, `${supergraph.trim()}\n`);
  console.log(`Wrote ${out}:\n${all.map(({ name }) => `  ${name.padEnd(12)} ${urls[name]}`).join("\n")}`);
}
