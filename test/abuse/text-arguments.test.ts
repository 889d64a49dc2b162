import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { askHttp } from "../support/ask-http";
import { giveKey } from "../support/give-key";
import { joinedSchema } from "../support/joined";
import { askHonestly, faultOf } from "./judge";
import { NASTY_TEXTS } from "./nasty-values";
import { type Attacked, openAttacked } from "./open-attacked";
import { textPlaces } from "./text-arguments";

/** Texts in one request. */
const TOGETHER = 18;

let open: Attacked;
let key: string;
beforeAll(async () => {
  open = await openAttacked({ SCORETREE_MAX_TOKENS: "8000" });
  key = await giveKey(open.dataSource, "boss");
});
afterAll(() => open?.close());

/** Asks with each nasty text in one place, some at a time; gives back what is wrong with the answers. */
async function attack(url: string, operation: string, write: (alias: string, text: string) => string): Promise<string[]> {
  const faults: string[] = [];
  for (let at = 0; at < NASTY_TEXTS.length; at += TOGETHER) {
    // Halves of characters cannot stand in a document.
    const texts = NASTY_TEXTS.slice(at, at + TOGETHER).map((text) => JSON.stringify(text.replaceAll(/[\ud800-\udfff]/gu, "\ufffd")));
    const query = `${operation} { ${texts.map((text, place) => write(`a${place}`, text)).join(" ")} }`;
    const begin = performance.now();
    const { status, body } = await askHttp(url, { path: "/graphql", body: { query }, headers: { authorization: `Bearer ${key}` } });
    const told = { status, body: Buffer.from(body, "latin1").toString(), milliseconds: performance.now() - begin };
    const fault = faultOf(told, query);
    if (fault) faults.push(`${fault}: ${query.slice(0, 300)} → ${told.body.slice(0, 300)}`);
    // A document that is refused for anything but its texts tries nothing.
    if (/Syntax Error|Cannot query|Unknown|required|must have|must not|conflict/.test(told.body.replaceAll(/got .*?\\"\."/g, "")))
      if (/GRAPHQL_(VALIDATION|PARSE)_FAILED/.test(told.body)) faults.push(`it is no good document: ${told.body.slice(0, 300)}`);
  }
  return faults;
}

const places = { query: textPlaces(joinedSchema().schema, "query"), mutation: textPlaces(joinedSchema().schema, "mutation") };

it("are found wherever they are", () => {
  const names = [...places.query, ...places.mutation].map(({ name }) => name);
  expect(names).toEqual(
    expect.arrayContaining([
      "Query.models(filter.search)",
      "Query.node(id)",
      "Standings.leaderboard(around)",
      "Mutation.submitScores(input.scores.comment)",
    ]),
  );
  expect(names.length).toBeGreaterThan(100);
});

describe.each(["query", "mutation"] as const)("SQL, patterns, markup and half characters in every text argument of a %s", (operation) => {
  it("do no more than other texts", async () => {
    const faults: Record<string, string[]> = {};
    for (const { name, write } of places[operation]) {
      const found = await attack(open.joined.url, operation, write);
      if (found.length > 0) faults[name] = found;
    }
    expect(faults).toEqual({});
    expect(await askHonestly(open.joined)).toBeNull();
  }, 600_000);
});

it("wildcards of LIKE and of regular expressions match themselves only", async () => {
  const query = `query ($text: String!) { models(domain: "vision", filter: { search: $text }) { totalCount }
    benchmarks(domain: "vision", filter: { search: $text }) { totalCount } references(domain: "vision", keys: [$text]) { totalCount } }`;
  for (const text of ["%", "_", "%a%", "a_pha", ".*", "a.pha", "[a-z]", "\\", "*"]) {
    const { body } = await askHttp(open.joined.url, { path: "/graphql", body: { query, variables: { text } } });
    const nothing = { totalCount: 0 };
    expect([text, JSON.parse(body)]).toMatchObject([text, { data: { models: nothing, benchmarks: nothing, references: nothing } }]);
  }
});

it("no server wrote an error to its log", () => {
  expect(
    open.joined
      .printed()
      .match(/"level":[56]0.*/g)
      ?.slice(0, 3),
  ).toBeUndefined();
});
