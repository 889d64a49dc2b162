import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tell, untilLetGo } from "./run-child";

/** The floor: a bare node:http server that reads a request whole and sends the bytes of a file. Tells its address. */
async function serveBytes(file: string): Promise<void> {
  const bytes = readFileSync(file);
  const headers = { "content-type": "application/json; charset=utf-8", "content-length": bytes.length };
  const server = createServer((request, response) => {
    request.resume().on("end", () => response.writeHead(200, headers).end(bytes));
  });
  server.listen(0, "127.0.0.1", () => tell(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`));
  await untilLetGo();
  server.close();
  server.closeAllConnections();
}

void serveBytes(process.argv[2]);
