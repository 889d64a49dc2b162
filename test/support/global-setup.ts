import type { EmbeddedServer } from "../../src/database/embedded";
import { settleSeed } from "./test-seed";
import { openTestServer, TEST_SERVER } from "./test-server";

declare global {
  var testServer: Pick<EmbeddedServer, "url" | "stop"> | undefined;
}

/** Settles the seed of chance and opens the server of the tests, once a run. */
export default async function setUp(): Promise<void> {
  settleSeed();
  globalThis.testServer = await openTestServer();
  process.env[TEST_SERVER] = globalThis.testServer.url;
}
