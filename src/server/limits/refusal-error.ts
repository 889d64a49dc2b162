import { HeaderMap } from "@apollo/server";
import { GraphQLError } from "graphql";
import { type ErrorCode, ExpectedError } from "../../errors";

/** Statuses of refusals. */
const STATUS: Partial<Record<ErrorCode, number>> = { RATE_LIMITED: 429, UNAVAILABLE: 503 };

/** The status of an answer that holds nothing but this refusal. */
export const statusOf = ({ code }: ExpectedError): number => STATUS[code] ?? 400;

/** When a refused client may come again, in seconds, as a header says it; null if it need not wait. */
export const retryAfter = ({ extensions }: ExpectedError): string | null =>
  extensions.retryAfter === undefined ? null : String(extensions.retryAfter);

/** A refusal as Apollo Server answers it, with status and headers. Any other error is given back as it is. */
export function refusalError(error: unknown): unknown {
  if (!(error instanceof ExpectedError)) return error;
  const seconds = retryAfter(error);
  const headers = new HeaderMap(seconds === null ? [] : [["retry-after", seconds]]);
  const http = { status: statusOf(error), headers };
  return new GraphQLError(error.message, {
    extensions: { ...error.extensions, http: http as object },
    originalError: error,
  });
}
