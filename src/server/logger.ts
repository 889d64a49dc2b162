import type { FastifyBaseLogger } from "fastify";
import { pino, type DestinationStream, type Logger } from "pino";
import type { Config } from "../config";
import type { Answered } from "./metrics/request-metrics";
import { withoutSecrets } from "./secrets";

/** Errors within errors that are told of, at most. */
const DEPTH = 3;

/** What a line says of an error: no value and no statement that a driver hangs on to it. */
function toldOf(error: unknown, depth = DEPTH): object {
  if (!(error instanceof Error)) return { message: withoutSecrets(String(error)) };
  const { name, message, stack, cause } = error;
  const { code } = error as { code?: unknown };
  return {
    ...{ type: name, message: withoutSecrets(message), stack: stack && withoutSecrets(stack) },
    ...(typeof code === "string" && { code }),
    ...(cause !== undefined && depth > 0 && { cause: toldOf(cause, depth - 1) }),
  };
}

const serializers = {
  req: ({ method, routeOptions }: { method: string; routeOptions?: { url?: string } }) => ({ method, path: routeOptions?.url ?? null }),
  res: ({ statusCode }: { statusCode: number }) => ({ status: statusCode }),
  err: (error: unknown) => toldOf(error),
};

/**
 * One JSON line an event. Nothing of what a caller sent is in it but the method, the route and the name of the operation: no header, no
 * address, no query, no variable; and nothing that looks like a secret. `destination`: default the standard output.
 */
export const createLogger = (level: Config["logLevel"], destination?: DestinationStream): Logger =>
  pino({ level, serializers }, destination ?? pino.destination(1));

/** What is told of a request besides what metrics count. */
export interface LoggedRequest extends Answered {
  readonly method: string;
  /** The key of the row of who asked; absent for nobody. */
  readonly account?: number;
}

/** The levels that answered requests are told of at. */
const LEVELS = ["info", "debug", "trace"];

/** Longest name of an operation that is told, in characters. */
const LONGEST_NAME = 100;

/** Writes the line of a request that was answered. Where `log` has no id of the request, `reqId` is to be given. */
export function logAnswered(
  log: FastifyBaseLogger,
  { method, route, status, seconds, operation, codes, account }: LoggedRequest,
  reqId?: string,
): void {
  if (!LEVELS.includes(log.level)) return;
  const name = operation?.name;
  log.info(
    {
      ...(reqId !== undefined && { reqId }),
      ...{ req: { method, routeOptions: { url: route } }, res: { statusCode: status }, responseTime: Math.round(seconds * 1e6) / 1e3 },
      ...(name != null && { operation: withoutSecrets(name.slice(0, LONGEST_NAME)) }),
      ...(codes && { errors: [...codes] }),
      ...(account !== undefined && { account }),
    },
    status === 499 ? "client gone" : "request completed",
  );
}
