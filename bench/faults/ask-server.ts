import type { Journal } from "./journal";

/** How long a client waits, in milliseconds. */
const PATIENCE = 20_000;

/** Codes that say that something cannot be done at the moment. */
const PASSING = ["UNAVAILABLE", "TIMEOUT"];

/** A right answer. */
export interface Right {
  readonly text: string;
  readonly headers: Headers;
}

/** Sends a request and reads the answer to its end. Null, and it is in the journal, if it failed or was no good answer. */
export async function askServer(
  journal: Journal,
  kind: string,
  address: string,
  { query, variables, key, headers = {} }: { query?: string; variables?: object; key?: string; headers?: Readonly<Record<string, string>> },
): Promise<Right | null> {
  const from = performance.now();
  const fail = (told: string) => void journal.failures.push({ kind, from, to: performance.now(), told: told.slice(0, 400) });
  try {
    const sent = { "content-type": "application/json", ...(key ? { authorization: `Bearer ${key}` } : {}), ...headers };
    const asked = query === undefined ? {} : { method: "POST", body: JSON.stringify({ query, variables, extensions: { anew: from } }) };
    const response = await fetch(address, { ...asked, headers: sent, signal: AbortSignal.timeout(PATIENCE) });
    const text = await response.text();
    const isJson = query !== undefined || response.status !== 200;
    const { errors } = isJson ? (JSON.parse(text) as { errors?: { extensions?: { code?: string } }[] }) : {};
    if (response.status === 200 && !errors) {
      journal.noteRight(kind, performance.now() - from);
      return { text, headers: response.headers };
    }
    const isPassing = errors?.every(({ extensions }) => PASSING.includes(extensions?.code ?? ""));
    if (isPassing) fail(`${response.status} ${text}`);
    else journal.noteWrong(`${kind}: ${response.status} ${text}`);
  } catch (error) {
    const { message, cause } = error as Error;
    fail(`${message} ${(cause as Error | undefined)?.message ?? ""}`);
  }
  return null;
}
