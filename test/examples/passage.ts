import { createServer, type IncomingHttpHeaders, request } from "node:http";
import type { AddressInfo } from "node:net";

/** A place that requests to a server go through and are seen at. */
export interface Passage {
  readonly url: string;
  /** The headers of every request so far. */
  readonly passed: IncomingHttpHeaders[];
  close(): Promise<void>;
}

/** Opens a passage to the server that is then at `target`. While that is down, connections break. */
export async function openPassage(target: () => string): Promise<Passage> {
  const passed: IncomingHttpHeaders[] = [];
  const server = createServer((asked, answer) => {
    passed.push(asked.headers);
    const url = new URL(asked.url!, target());
    const onward = request(url, { method: asked.method, headers: asked.headers }, (got) => {
      answer.writeHead(got.statusCode!, got.headers);
      got.pipe(answer);
    });
    onward.on("error", () => answer.destroy());
    asked.pipe(onward);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    passed,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
