import { readFile } from "node:fs/promises";
import path from "node:path";
import { findNodeAtLocation, parseTree, printParseErrorCode, type Node, type ParseError } from "jsonc-parser";
import { z } from "zod";
import { name, text, title, type Cell } from "./cells";
import { type Dataset } from "./dataset";
import { quote, type Faults } from "./faults";
import { RESERVED_SLUGS } from "./reserved-slugs";

const FILE = "dataset.json";

const string = (cell: Cell) =>
  z
    .string({ error: `expected ${cell.expected}` })
    .refine((given) => cell.read(given) !== undefined, { error: `expected ${cell.expected}` });

/** A slug stands in URLs as it is. */
const slug = z
  .string({ error: "expected a slug" })
  .regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/, {
    error: "expected a slug: 1 to 100 letters, digits, ., - and _, of which the first is a letter or digit",
  })
  .refine((given) => !RESERVED_SLUGS.has(given.toLowerCase()), {
    error: `expected a slug that is no address of the server's own: none of ${[...RESERVED_SLUGS].join(", ")}`,
  });

const shape = z.strictObject({
  format: z.literal("scoretree/1", { error: 'expected "scoretree/1"' }),
  name: string(title),
  license: string(text).nullish(),
  notes: string(text).nullish(),
  domain: z.strictObject({
    slug,
    name: string(title),
    usage: string(text).nullish(),
    references: z.array(z.string().min(1)).nullish(),
  }),
  roots: z.array(z.strictObject({ benchmark: string(name), raw: z.boolean().nullish() })).min(1, { error: "expected at least one root" }),
});

/** What dataset.json says, without the rows of the other files. */
export type Manifest = Pick<Dataset, "name" | "license" | "notes" | "domain" | "roots"> & {
  /** Line of what stands at a path, from 1. */
  readonly lineOf: (...at: (string | number)[]) => number;
};

/** Reads dataset.json. Null if it is not there or not right: then the rest of the folder cannot be placed. */
export async function readManifest(folder: string, faults: Faults): Promise<Manifest | null> {
  let content: string;
  try {
    content = new TextDecoder("utf-8", { fatal: true }).decode(await readFile(path.join(folder, FILE)));
  } catch (error) {
    const isGone = (error as NodeJS.ErrnoException).code === "ENOENT" || (error as NodeJS.ErrnoException).code === "ENOTDIR";
    faults.add(FILE, null, null, isGone ? `expected the file in ${folder}: every data set has one` : (error as Error).message);
    return null;
  }
  const errors: ParseError[] = [];
  const tree = parseTree(content, errors, { disallowComments: true });
  const lineAt = (offset: number): number => content.slice(0, offset).split("\n").length;
  for (const { error, offset } of errors.slice(0, 1)) faults.add(FILE, lineAt(offset), null, `not JSON: ${printParseErrorCode(error)}`);
  if (errors.length > 0 || !tree) return null;
  const lineOf = (...at: (string | number)[]): number => {
    let node: Node | undefined;
    for (let depth = at.length; depth >= 0 && !node; depth--) node = findNodeAtLocation(tree, at.slice(0, depth));
    return lineAt(node?.offset ?? 0);
  };
  const given: unknown = JSON.parse(content);
  const result = shape.safeParse(given);
  if (result.success) return { ...result.data, lineOf };
  for (const issue of result.error.issues) {
    const at = issue.path as (string | number)[];
    if (issue.code === "unrecognized_keys") {
      for (const key of issue.keys)
        faults.add(
          FILE,
          lineOf(...at, key),
          [...at, key].join("."),
          `unknown property; known are ${KNOWN[at.length === 0 ? "" : String(at[0])]}`,
        );
      continue;
    }
    const got = at.reduce<unknown>((value, key) => (value as Record<string, unknown> | undefined)?.[key], given);
    faults.add(
      FILE,
      lineOf(...at),
      at.join(".") || null,
      `${issue.message}, got ${got === undefined ? "nothing" : quote(JSON.stringify(got))}`,
    );
  }
  return null;
}

const KNOWN: Readonly<Record<string, string>> = {
  "": "format, name, license, notes, domain, roots",
  domain: "slug, name, usage, references",
  roots: "benchmark, raw",
};
