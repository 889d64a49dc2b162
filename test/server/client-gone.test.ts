import { makeExecutableSchema } from "@graphql-tools/schema";
import { request } from "node:http";
import type { AddressInfo } from "node:net";
import { allInSlices, Unwanted } from "../../src/board/in-slices";
import { openServer, type OpenServer } from "./open-server";

/** How the only computation of this server goes. */
const computation = { steps: 0, hasBegun: Promise.resolve(), begin: (): void => undefined, end: null as Promise<unknown> | null };

function* endless(): Generator<void, void> {
  for (;;) {
    computation.steps++;
    computation.begin();
    yield;
  }
}

const schema = makeExecutableSchema({
  typeDefs: "type Query { endless: Int }",
  resolvers: {
    Query: {
      endless: (_: unknown, __: unknown, { signal }: { signal: AbortSignal }) =>
        (computation.end = allInSlices(endless(), signal).then(() => null)),
    },
  },
});

let open: OpenServer;
beforeAll(async () => {
  open = await openServer({ endpoints: [{ path: "/graphql", schema }] });
  await open.server.listen({ port: 0, host: "127.0.0.1" });
});
afterAll(() => open.close());

test("a computation stops when its client has gone, and that is no failure to tell of", async () => {
  computation.hasBegun = new Promise((resolve) => (computation.begin = resolve));
  const { port } = open.server.server.address() as AddressInfo;
  const asked = request({ port, method: "POST", path: "/graphql", headers: { "content-type": "application/json" } });
  asked.on("error", () => undefined);
  asked.end(JSON.stringify({ query: "{ endless }" }));
  await computation.hasBegun;
  const closed = new Promise((resolve) => asked.once("close", resolve));
  asked.destroy();
  await closed;
  await expect(computation.end).rejects.toBeInstanceOf(Unwanted);
  const { steps } = computation;
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(computation.steps).toBe(steps);
  expect(open.log.filter(({ level }) => Number(level) >= 50)).toEqual([]);
});
