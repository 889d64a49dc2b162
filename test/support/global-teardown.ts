import "./global-setup";

/** Leaves the server of the tests; the last run that does so stops it. */
export default async function tearDown(): Promise<void> {
  await globalThis.testServer?.stop();
}
