/**
 * SQLSTATEs that tell of the server, not of the statement: lost connections, shut down or starting (57P), out of room, memory or
 * connections (53), trouble with files (58), read-only as a standby is (25006), a lock that was waited for too long (55P03).
 */
const STATES = /^(08...|53...|57P0.|58...|25006|55P03)$/;

/** What Node says of connections that cannot be made or are lost. */
const CODES = new Set(["ECONNREFUSED", "ECONNRESET", "EPIPE", "ETIMEDOUT", "ENOTFOUND", "EAI_AGAIN", "EHOSTUNREACH", "ENETUNREACH"]);

/** What pg and its pool say without any code. */
const WORDS =
  /^(Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error|Client was closed and is not queryable|Cannot use a pool after calling end|Query read timeout)/;

/** What TypeORM says where a connection was lost between two statements of a transaction: it has let go of it by then. */
const NAMES = new Set(["QueryRunnerAlreadyReleasedError", "QueryRunnerProviderAlreadyReleasedError"]);

/**
 * True for a failure of the database that has nothing to do with what it was asked: the same may well succeed a moment later. Whether a
 * transaction was committed whose connection was lost, nobody knows.
 */
export function isOutOfReach(error: unknown): boolean {
  if (error instanceof AggregateError) return error.errors.some(isOutOfReach);
  if (!(error instanceof Error)) return false;
  const { code = "" } = error as NodeJS.ErrnoException;
  return STATES.test(code) || NAMES.has(error.name) || CODES.has(code) || WORDS.test(error.message);
}
