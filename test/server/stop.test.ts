import { setTimeout } from "node:timers/promises";
import { gate, openServer } from "./open-server";

test("a server that is closed finishes what runs, and takes nothing new", async () => {
  const { server, close } = await openServer();
  const url = await server.listen({ port: 0, host: "127.0.0.1" });
  const headers = { "content-type": "application/json" };
  const running = fetch(`${url}/graphql`, { method: "POST", headers, body: `{"query": "{ wait }"}` });
  while (!gate.isReached) await setTimeout(5);
  const closing = close();
  await setTimeout(50);
  await expect(fetch(`${url}/health/live`)).rejects.toThrow();
  gate.open();
  const answer = await running;
  expect(await answer.json()).toMatchObject({ data: { wait: "done" } });
  // Else it would stay open without a request until it is too old.
  expect(answer.headers.get("connection")).toBe("close");
  await closing;
});
