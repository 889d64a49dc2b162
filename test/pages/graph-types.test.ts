import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

const ROOT = path.resolve(__dirname, "../..");

// `npm run check:graph` checks the queries of the pages against the schema; this, that it is the schema of today.
test("the types of the pages' queries are those of the schema: npm run build:graph makes them", () => {
  const place = mkdtempSync(path.join(tmpdir(), "scoretree-graph-"));
  const made = path.join(place, "graphql-env.d.ts");
  const tada = path.join(ROOT, "node_modules/gql.tada/bin/cli.js");
  execFileSync(process.execPath, [tada, "generate-output", "-c", "web/tsconfig.json", "-o", made], { cwd: ROOT, stdio: "pipe" });
  expect(readFileSync(path.join(ROOT, "web/graph/graphql-env.d.ts"), "utf8")).toBe(readFileSync(made, "utf8"));
  rmSync(place, { recursive: true });
});
