import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { parse, validate } from "graphql";
import { importDataset } from "../../src/dataset/import-dataset";
import { documentedOperations } from "../support/documented-operations";
import { giveKey } from "../support/give-key";
import { joinedSchema } from "../support/joined";
import { type Federated, openFederated } from "../support/open-federated";
import { seed } from "../support/seed";
import { type Answer, askAnswer, likeJoined, withoutChance } from "./ask-answer";

/** Those of other people's graphs have fields that are not ours: test/examples asks them. */
const operations = documentedOperations().filter(({ query }) => validate(joinedSchema().schema, parse(query)).length === 0);

const ASKERS = ["nobody", "lab-of-the-docs", "admin-of-the-docs"];

/** The last ids that somebody was shown, as the variables that the pages call them by. */
interface Variables {
  readonly observations?: readonly string[];
  readonly model?: string;
  readonly id?: string;
}

function withIdsOf(answer: Answer, known: Variables): Variables {
  const ids = (kind: string) => JSON.stringify(answer).match(new RegExp(`${kind}_[\\w-]{22}`, "g")) ?? [];
  const [observations, [model = known.model], [id = known.id]] = [ids("observation"), ids("model"), ids("api-key")];
  return { observations: observations.length > 0 ? observations : known.observations, model, id };
}

/** True if an answer, or a page that shows one, tells of what is wrong with the question. */
const hasFaults = ({ data, errors = [] }: { readonly data?: unknown; readonly errors?: readonly unknown[] }): boolean =>
  errors.length > 0 || /"userErrors":\[\{/.test(JSON.stringify(data ?? null));

describe("every documented operation", () => {
  let open: Federated;
  const keys = new Map<string, string>();
  beforeAll(async () => {
    open = await openFederated(
      async (dataSource) => {
        await importDataset(dataSource, path.join(__dirname, "../../data"));
        await seed(dataSource).account(ASKERS[1]).account(ASKERS[2], { role: "ADMIN" }).write();
        for (const account of ASKERS.slice(1)) keys.set(account, await giveKey(dataSource, account));
      },
      { isApart: true },
    );
  });
  afterAll(() => open?.close());

  it("is one of more than 60, among which is every field of Query and Mutation", () => {
    expect(new Set(operations.map(({ query }) => query)).size).toBeGreaterThan(60);
    const { schema } = joinedSchema();
    const fields = [schema.getQueryType()!, schema.getMutationType()!].flatMap((type) => Object.keys(type.getFields()));
    expect(fields.filter((name) => !operations.some(({ query }) => new RegExp(`\\b${name}\\b`).test(query)))).toEqual([]);
  });

  it("is answered alike joined and federated, one after the other, whoever asks: data, revision, and of errors code, path and order", async () => {
    const differing: unknown[] = [];
    const failing: string[] = [];
    const worlds = [open.joined, open.gateway.url].map((url) => ({ url, variables: new Map<string, Variables>() }));
    for (const { place, query, answer: shown } of operations) {
      let isEverAnswered = false;
      for (const asker of ASKERS) {
        const [joined, federated] = await Promise.all(
          worlds.map(async ({ url, variables }) => {
            const known = variables.get(asker) ?? {};
            const answer = await askAnswer(url, query, known, keys.get(asker) ?? null);
            variables.set(asker, withIdsOf(answer, known));
            return answer;
          }),
        );
        try {
          expect(withoutChance(likeJoined(federated, joined))).toEqual(withoutChance(joined));
        } catch (error) {
          differing.push(`${place} as ${asker}: ${(error as Error).message}`);
        }
        isEverAnswered ||= !hasFaults(joined);
      }
      if (!isEverAnswered && !(shown && hasFaults(shown))) failing.push(place);
      if (/^\s*(#.*\n\s*)*mutation/.test(query)) await open.catchUp();
    }
    expect(differing).toEqual([]);
    // Each is right for one of them at least: what is compared is not errors alone.
    expect(failing).toEqual([]);
  });
});
