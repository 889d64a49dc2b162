import fc from "fast-check";
import { BENCHMARK_FIELDS, MODEL_FIELDS } from "../../../src/server/exports/filter-fields";
import { CONDITION_PARAMETERS, readConditions } from "../../../src/server/exports/read-conditions";
import * as pages from "../../../web/conditions/filter-fields";
import { isCondition } from "../../../web/conditions/is-condition";
import { readConditions as readAsPages } from "../../../web/conditions/read-conditions";
import { ExpectedError } from "../../../src/errors";
import { TEST_SEED } from "../../support/test-seed";

/** Without what is undefined. */
const plain = (value: unknown): unknown => (value === undefined ? undefined : (JSON.parse(JSON.stringify(value)) as unknown));

/** What an address is read as here; null if it is refused. */
function readHere(search: URLSearchParams): unknown {
  try {
    return { read: plain(readConditions(search)) };
  } catch (error) {
    if (!(error instanceof ExpectedError)) throw error;
    return null;
  }
}

const kinds: Readonly<Record<string, string>> = {
  ...Object.fromEntries(Object.entries(MODEL_FIELDS).map(([name, kind]) => [`among.${name}`, kind])),
  ...Object.fromEntries(Object.entries(BENCHMARK_FIELDS).map(([name, kind]) => [`only.${name}`, kind])),
};

const text = fc.string({ unit: fc.constantFrom(..."ab:.,;=&+% 10-é😀"), maxLength: 6 });
const number = fc.oneof(
  fc.integer().map(String),
  fc.double({ noNaN: true, noDefaultInfinity: true }).map(String),
  fc.constantFrom("", ".5", "-0", "1e3"),
);
const date = fc.constantFrom("", "2022-01-01", "2022-01-01T00:00:00Z");
const range = (end: fc.Arbitrary<string>) =>
  fc
    .tuple(end, end)
    .filter(([from, to]) => from + to !== "")
    .map(([from, to]) => `${from}..${to}`);

/** A value as the parameter is to have. */
function good(name: string): fc.Arbitrary<string> {
  if (name === "weights")
    return fc.tuple(text.filter(Boolean), number.filter(Boolean)).map(([benchmark, weight]) => `${benchmark}:${weight}`);
  const kind = kinds[name];
  return kind === "range" ? range(number) : kind === "dates" ? range(date) : kind === "boolean" ? fc.constantFrom("true", "false") : text;
}

const isList = (name: string) => name === "weights" || kinds[name] === "texts";

const parameters = (valueOf: (name: string) => fc.Arbitrary<string>) =>
  fc.array(
    fc.constantFrom(...CONDITION_PARAMETERS).chain((name) => valueOf(name).map((value): [string, string] => [name, value])),
    { maxLength: 8 },
  );

describe("conditions in addresses of files", () => {
  it("are named as in addresses of pages", () => {
    expect([MODEL_FIELDS, BENCHMARK_FIELDS]).toEqual([pages.MODEL_FIELDS, pages.BENCHMARK_FIELDS]);
    expect(CONDITION_PARAMETERS.filter((name) => !isCondition(name))).toEqual([]);
  });

  it("are read exactly as pages read theirs", () => {
    fc.assert(
      fc.property(parameters(good), (named) => {
        const once = named.filter(([name], at) => isList(name) || named.findIndex(([other]) => other === name) === at);
        const search = new URLSearchParams(once);
        expect(readHere(search)).toEqual({ read: plain(readAsPages(search)) });
      }),
      { numRuns: 2_000, seed: TEST_SEED },
    );
  });

  it("are refused, or read as pages read them, whatever they say", () => {
    let refused = 0;
    fc.assert(
      fc.property(parameters((name) => fc.oneof(text, good(name))), (named) => {
        const search = new URLSearchParams(named);
        const here = readHere(search);
        if (here === null) refused++;
        else expect(here).toEqual({ read: plain(readAsPages(search)) });
      }),
      { numRuns: 2_000, seed: TEST_SEED },
    );
    expect(refused).toBeGreaterThan(200);
  });
}); // prettier-ignore
