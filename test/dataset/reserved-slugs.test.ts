import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { RESERVED_SLUGS } from "../../src/dataset/reserved-slugs";

const ROOT = path.join(__dirname, "../..");

/** What looks like it and is a later part of an address, or another server's. */
const LATER = ["benchmark", "model", "v1"];

/** The first part of every address that the source of the server names. */
const served = readdirSync(path.join(ROOT, "src/server"), { recursive: true, encoding: "utf8" })
  .filter((file) => file.endsWith(".ts"))
  .flatMap((file) => [...readFileSync(path.join(ROOT, "src/server", file), "utf8").matchAll(/["`]\/([a-z][\w.]*)(?=["`/])/g)])
  .map(([, first]) => first);

test("no domain can have a slug that stands for something else in an address", () => {
  const files = readdirSync(path.join(ROOT, "web/public"));
  expect(served).toEqual(expect.arrayContaining(["account", "exports", "graphiql", "graphql", "health", "metrics", "samples"]));
  expect([...served, ...files, "index.html"].filter((first) => !RESERVED_SLUGS.has(first) && !LATER.includes(first))).toEqual([]);
});
