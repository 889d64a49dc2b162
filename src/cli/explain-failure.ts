import { type Config } from "../config";
import { isOutOfReach } from "../database/is-out-of-reach";
import { ExpectedError } from "../errors";
import { placeOf } from "./place-of";

/** What a failure says, which may be several failures at once. */
export function reason(error: unknown): string {
  const errors: unknown[] = error instanceof AggregateError ? error.errors : [error];
  return errors.map((each) => (each as Error).message || String((each as { code?: string }).code ?? each)).join("; ");
}

/**
 * What a command tells of a failure that comes from outside: of an address that is taken, of a database that does not answer or does not
 * let us in. Anything else is given back as it is.
 */
export function explainFailure(error: unknown, config: Config): unknown {
  if (error instanceof ExpectedError) return error;
  const { code, syscall } = ((error as AggregateError).errors?.[0] ?? error) as NodeJS.ErrnoException;
  if (syscall === "listen") {
    const { host, port } = config;
    return code === "EADDRINUSE"
      ? new ExpectedError("CONFIGURATION", `Another program has ${host}:${port}. Stop it, or set PORT to another port.`)
      : new ExpectedError("CONFIGURATION", `${host}:${port} cannot be listened on (${code}). Set PORT and HOST to others.`);
  }
  const isOfConnection =
    isOutOfReach(error) ||
    syscall === "connect" ||
    syscall === "getaddrinfo" ||
    /^(28|3D)/.test(code ?? "") ||
    /timeout/i.test(reason(error));
  if (!isOfConnection) return error;
  return new ExpectedError(
    "UNAVAILABLE",
    `${placeOf(config)} cannot be used: ${reason(error)}. Check DATABASE_URL, and that Postgres runs there; or unset it for the embedded one.`,
  );
}
