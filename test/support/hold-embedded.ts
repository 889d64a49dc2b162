import { createInterface } from "node:readline";
import { openEmbedded } from "../../src/database/embedded";

/** A process that opens the embedded server of the folder that it is given, says where it is, and leaves it at the first line it is told. */
async function main(directory: string): Promise<void> {
  const server = await openEmbedded(directory);
  console.log(JSON.stringify({ url: server.url, directory: server.directory }));
  createInterface({ input: process.stdin }).once("line", () => void server.stop().then(() => process.exit()));
}

void main(process.argv[2]);
