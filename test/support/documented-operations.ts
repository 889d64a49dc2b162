import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { Kind, parse, print } from "graphql";

const ROOT = path.join(__dirname, "../..");

/** The README and the pages of the docs. */
export const PAGES = [
  "README.md",
  ...readdirSync(path.join(ROOT, "docs")).flatMap((name) => (name.endsWith(".md") ? [`docs/${name}`] : [])),
];

/** An operation that users are shown. */
export interface DocumentedOperation {
  /** File and line, or the file and the name of the operation. */
  readonly place: string;
  readonly file: string;
  readonly query: string;
  /** What the page says it answers; null if it says nothing. */
  readonly answer: unknown;
}

/** The operations of a page, each with the JSON that follows it. */
function ofPage(file: string): DocumentedOperation[] {
  const text = readFileSync(path.join(ROOT, file), "utf8");
  return [...text.matchAll(/```graphql\n(.*?)```(?:\s+```json\n(.*?)```)?/gs)].map(({ index, 1: query, 2: answer }) => ({
    ...{ file, query, place: `${file}:${text.slice(0, index).split("\n").length}` },
    answer: answer === undefined ? null : (JSON.parse(answer) as unknown),
  }));
}

/** The operations of a file, each by itself. */
function ofFile(file: string): DocumentedOperation[] {
  const text = readFileSync(path.join(ROOT, file), "utf8");
  const operations = parse(text).definitions.filter(({ kind }) => kind === Kind.OPERATION_DEFINITION);
  if (operations.length === 1) return [{ file, place: file, query: text, answer: null }];
  return operations.map((operation) => {
    const query = print(operation);
    return { file, place: `${file} ${/\w+ (\w+)/.exec(query)![1]}`, query, answer: null };
  });
}

/** Every operation of the README, the docs and the examples, in order. */
export const documentedOperations = (): DocumentedOperation[] => [
  ...PAGES.flatMap(ofPage),
  ...readdirSync(path.join(ROOT, "examples")).flatMap((name) => (name.endsWith(".graphql") ? ofFile(`examples/${name}`) : [])),
];
