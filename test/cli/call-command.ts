import { jest } from "@jest/globals";
import { type Config, readConfig } from "../../src/config";

/** Runs a command in this process, which takes no time to start: what it said, and, if it failed, why. */
export async function callCommand(
  url: string,
  run: (config: Config) => Promise<void>,
): Promise<{ out: string; error: string; failure: string }> {
  const [out, error] = (["log", "error"] as const).map((stream) => jest.spyOn(console, stream).mockImplementation(() => undefined));
  const said = (stream: typeof out) => stream.mock.calls.map(([line]) => `${line}\n`).join("");
  try {
    const failure = await run(readConfig({ DATABASE_URL: url })).then(
      () => "",
      (thrown: Error) => thrown.message,
    );
    return { out: said(out), error: said(error), failure };
  } finally {
    out.mockRestore();
    error.mockRestore();
  }
}
