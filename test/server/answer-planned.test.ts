import { afterAll, beforeAll, expect, it } from "@jest/globals";
import { zeroExecutionCounts } from "../../src/federation/execution/counts";
import { zeroLimitCounts } from "../../src/server/limits/limit-counts";
import { openServer, type OpenServer } from "./open-server";

const execution = zeroExecutionCounts();
const limits = zeroLimitCounts();
let open: OpenServer;
beforeAll(async () => {
  open = await openServer({
    executionCounts: execution,
    limitCounts: limits,
    config: { host: "127.0.0.1", port: 4000, limits: { aliases: 5 }, rates: { byAddress: 100_000, byAccount: null } },
  });
});
afterAll(() => open?.close());

/** Asks what is never kept, so that it is executed each time. */
async function ask(query: string, { variables, accept }: { variables?: object; accept?: string } = {}) {
  const { statusCode, headers, body } = await open.server.inject({
    method: "POST",
    url: "/graphql",
    headers: accept ? { accept } : {},
    payload: { query, variables, extensions: { anew: true } },
  });
  const left = Number(/r=(\d+)/.exec(String(headers.ratelimit))?.[1]);
  return { status: statusCode, type: headers["content-type"], caching: headers["cache-control"], body, left };
}

it("what is answered by a plan is what Apollo answers, to the byte, in the media type that it chose", async () => {
  for (const accept of ["application/json", "application/graphql-response+json", "*/*"]) {
    const query = `query ($name: String) { hello(name: $name) quoted: hello(name: "\\"é\\u2028") __typename }`;
    const variables = { name: "\n<&>" };
    const byApollo = await ask(query, { variables, accept });
    const before = execution.plannedTotal;
    const planned = await ask(query, { variables, accept });
    expect(planned).toEqual({ ...byApollo, left: expect.any(Number) });
    expect(planned.status).toBe(200);
    expect(execution.plannedTotal - before).toBe(1);
  }
});

it("it is counted what is executed by a plan, and why the rest is not", async () => {
  const before = { ...execution };
  await ask("{ hello }");
  await ask("{ unknown }");
  await ask("query ($times: Int) { hello(times: $times) }", { variables: { times: "many" } });
  await ask("mutation { write }");
  const counted = Object.fromEntries(Object.entries(execution).map(([name, count]) => [name, count - before[name as keyof typeof before]]));
  expect(counted).toMatchObject({ plannedTotal: 1, failedTotal: 1, wrongVariablesTotal: 1, unplannedTotal: 1 });
});

it("an operation is admitted, paid for and refused once, though two look at it", async () => {
  const { admittedTotal, exceededTotal } = limits;
  const first = await ask("{ hello }");
  const second = await ask("{ hello }");
  expect(limits.admittedTotal - admittedTotal).toBe(2);
  // The same for the one that no plan answers.
  const faulty = await ask("{ unknown }");
  expect([limits.admittedTotal - admittedTotal, second.left - faulty.left]).toEqual([3, first.left - second.left]);
  const refused = await ask("{ a: hello b: hello c: hello d: hello e: hello f: hello }");
  expect(JSON.parse(refused.body)).toMatchObject({ errors: [{ extensions: { code: "TOO_MANY" } }] });
  expect(limits.exceededTotal - exceededTotal).toBe(1);
  expect(limits.running).toBe(0);
});
