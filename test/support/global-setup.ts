import type { EmbeddedServer } from "../../src/database/embedded";
import { openTestServer, TEST_SERVER } from "./test-server";

declare global {
  var testServer: Pick<EmbeddedServer, "url" | "stop"> | undefined;
}

/** Opens the server of the tests, once a run. */
export default async function setUp(): Promise<void> {
  globalThis.testServer = await openTestServer();
  process.env[TEST_SERVER] = globalThis.testServer.url;
}
