import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { makeExecutableSchema } from "@graphql-tools/schema";
import { once } from "node:events";
import { request } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as pause } from "node:timers/promises";
import { badInput } from "../../../src/errors";
import { type AnswerCounts, zeroAnswerCounts } from "../../../src/server/answers/counts";
import { giveKey } from "../../support/give-key";
import { seed } from "../../support/seed";
import { openServer, type OpenServer } from "../open-server";

/** How often `slow` was computed, and what lets those that run end. */
const work = { begun: 0, ends: [] as (() => void)[] };

const schema = makeExecutableSchema({
  typeDefs: "type Query { hello: String slow(of: Int): Int faulty: Int }",
  resolvers: {
    Query: {
      hello: () => "you",
      slow: async (_: unknown, { of }: { of: number }) => {
        work.begun++;
        await new Promise<void>((resolve) => work.ends.push(resolve));
        return of;
      },
      faulty: async () => {
        work.begun++;
        await new Promise<void>((resolve) => work.ends.push(resolve));
        throw badInput("No.");
      },
    },
  },
});

let open: OpenServer;
const counts: AnswerCounts = zeroAnswerCounts();
beforeAll(async () => {
  open = await openServer({ endpoints: [{ path: "/graphql", schema }], answerCounts: counts });
  await seed(open.database.dataSource).domain("vision").tree("average").model("alpha", { owner: "lab" }).write();
  await open.refresh();
  await open.server.listen({ port: 0, host: "127.0.0.1" });
  // What media type is spoken is known from then on.
  await ask("{ hello }").answer;
});
afterAll(() => open?.close());

/** Asks over a connection of its own, which can be ended. */
function ask(query: string, headers: Record<string, string> = {}) {
  const { port } = open.server.server.address() as AddressInfo;
  const sent = request({
    port,
    host: "127.0.0.1",
    method: "POST",
    path: "/graphql",
    headers: { "content-type": "application/json", ...headers },
  });
  const answer = once(sent, "response").then(async ([response]) => Buffer.concat(await response.toArray()).toString());
  answer.catch(() => undefined);
  sent.end(JSON.stringify({ query }));
  return { answer, go: () => void sent.destroy() };
}

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await pause(2);
}

/** Lets all end that run, as long as not all are answered. */
async function letEnd<T>(answers: Promise<T>): Promise<T> {
  const ending = setInterval(() => work.ends.splice(0).forEach((end) => end()), 2);
  try {
    return await answers;
  } finally {
    clearInterval(ending);
  }
}

/** True once a request was read that waits: nothing of it can be seen from outside, so requests behind it are answered first. */
const settle = async (): Promise<void> => {
  for (let time = 0; time < 3; time++) await ask("{ hello }").answer;
};

describe("the same question by several at once, without accounts", () => {
  it("is computed once", async () => {
    const before = { ...counts, begun: work.begun };
    const all = [1, 2, 3, 4, 5].map(() => ask("{ slow(of: 1) }"));
    await until(() => work.begun > before.begun);
    await settle();
    const answers = await letEnd(Promise.all(all.map(({ answer }) => answer)));
    expect(new Set(answers).size).toBe(1);
    expect(JSON.parse(answers[0])).toMatchObject({ data: { slow: 1 } });
    expect(work.begun - before.begun).toBe(1);
    expect(counts.sharedTotal - before.sharedTotal + (counts.sentAgainTotal - before.sentAgainTotal)).toBeGreaterThanOrEqual(4);
    expect(counts.sharedTotal).toBeGreaterThan(before.sharedTotal);
  });

  it("is computed for those who still wait when the first has gone", async () => {
    const begun = work.begun;
    const first = ask("{ slow(of: 2) }");
    await until(() => work.begun === begun + 1);
    const others = [1, 2, 3].map(() => ask("{ slow(of: 2) }"));
    await settle();
    first.go();
    const answers = await letEnd(Promise.all(others.map(({ answer }) => answer)));
    for (const answer of answers) expect(JSON.parse(answer)).toMatchObject({ data: { slow: 2 } });
    expect(work.begun - begun).toBeLessThanOrEqual(2);
  });

  it("is answered to each on their own if the answer holds an error", async () => {
    const begun = work.begun;
    const all = [1, 2, 3].map(() => ask("{ faulty }"));
    await until(() => work.begun > begun);
    await settle();
    const answers = await letEnd(Promise.all(all.map(({ answer }) => answer)));
    for (const answer of answers) expect(JSON.parse(answer)).toMatchObject({ errors: [{ extensions: { code: "BAD_USER_INPUT" } }] });
  });
});

it("an account's question is computed for it, whoever asks the same", async () => {
  const authorization = `Bearer ${await giveKey(open.database.dataSource, "lab")}`;
  await open.refresh();
  const begun = work.begun;
  const all = [ask("{ slow(of: 3) }"), ask("{ slow(of: 3) }", { authorization }), ask("{ slow(of: 3) }", { authorization })];
  await until(() => work.begun === begun + 3);
  const answers = await letEnd(Promise.all(all.map(({ answer }) => answer)));
  for (const answer of answers) expect(JSON.parse(answer)).toMatchObject({ data: { slow: 3 } });
});
