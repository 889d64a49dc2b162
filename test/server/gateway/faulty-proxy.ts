import { createServer, type IncomingMessage, request, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** What stands between a gateway and a subgraph, and how it behaves now. */
export interface FaultyProxy {
  readonly url: string;
  /** Answers a request instead of the subgraph; null passes it on. */
  fault: ((response: ServerResponse, body: string, count: number) => void) | null;
  /** What was asked so far: each body. */
  readonly asked: { readonly body: string; readonly headers: IncomingMessage["headers"] }[];
  close(): void;
}

/** Opens a proxy for a subgraph. `target` is asked for at each request. */
export async function openProxy(target: () => string): Promise<FaultyProxy> {
  const server = createServer((incoming, response) => {
    const chunks: Buffer[] = [];
    incoming.on("data", (chunk: Buffer) => chunks.push(chunk));
    incoming.on("end", () => {
      const body = Buffer.concat(chunks);
      proxy.asked.push({ body: body.toString(), headers: incoming.headers });
      if (proxy.fault) return proxy.fault(response, body.toString(), proxy.asked.length);
      const passed = request(target(), { method: incoming.method, headers: incoming.headers }, (answer) => {
        response.writeHead(answer.statusCode!, answer.headers);
        answer.pipe(response);
      });
      passed.on("error", () => response.destroy());
      response.on("close", () => passed.destroy());
      passed.end(body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const proxy: FaultyProxy = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`,
    fault: null,
    asked: [],
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
  return proxy;
}
