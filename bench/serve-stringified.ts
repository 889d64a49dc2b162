import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tell, untilLetGo } from "./run-child";

/** A bare node:http server that reads a request whole and sends the content of a JSON file, written as JSON each time. Tells its address. */
async function serveStringified(file: string): Promise<void> {
  const answer: unknown = JSON.parse(readFileSync(file, "utf8"));
  const server = createServer((request, response) => {
    request.resume().on("end", () => {
      const bytes = Buffer.from(JSON.stringify(answer));
      response.writeHead(200, { "content-type": "application/json; charset=utf-8", "content-length": bytes.length }).end(bytes);
    });
  });
  server.listen(0, "127.0.0.1", () => tell(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`));
  await untilLetGo();
  server.close();
  server.closeAllConnections();
}

void serveStringified(process.argv[2]);
