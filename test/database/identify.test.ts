import { createHmac } from "node:crypto";
import { idOf } from "../../src/database/identify";

const key = Buffer.alloc(32, 7);

test("§10 an id is the kind and 22 characters of a keyed hash of kind and natural key", () => {
  const hash = createHmac("sha256", key).update('["BenchmarkVersion","vision","V1",2]').digest("base64url");
  expect(idOf(key, "BenchmarkVersion", "vision", "V1", 2)).toBe(`benchmark-version_${hash.slice(0, 22)}`);
  expect(idOf(key, "Model", "vision", "alpha", null)).toMatch(/^model_[\w-]{22}$/);
});

test("§10 an id depends on the key, the kind, and every part of the natural key", () => {
  const ids = [
    idOf(key, "Account", "lab"),
    idOf(key, "Contributor", "lab"),
    idOf(Buffer.alloc(32, 8), "Account", "lab"),
    idOf(key, "Model", "vision", "alpha", "lab"),
    idOf(key, "Model", "vision", "alpha", null),
    idOf(key, "Model", "vision", "alpha", "null"),
    idOf(key, "Benchmark", "a", "b,c"),
    idOf(key, "Benchmark", "a,b", "c"),
    idOf(key, "BenchmarkVersion", "a", "b", 1),
    idOf(key, "BenchmarkVersion", "a", "b", "1"),
  ].map((id) => id.slice(id.indexOf("_")));
  expect(new Set(ids).size).toBe(ids.length);
});

test("§10 an id never changes", () => {
  expect(idOf(key, "Domain", "vision")).toBe(idOf(key, "Domain", "vision"));
  expect(idOf(key, "Domain", "vision")).toMatchInlineSnapshot(`"domain_BABziC-AKsgybMPp7RT5vO"`);
});
