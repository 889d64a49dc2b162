import type { ApolloServerPlugin } from "@apollo/server";
import { unwrapResolverError } from "@apollo/server/errors";
import { GraphQLError, type GraphQLFormattedError } from "graphql";
import { Unwanted } from "../board/in-slices";
import { ExpectedError } from "../errors";
import { maskedMessage } from "./error-answer";
import type { RequestContext } from "./request-context";

/** The requests that unexpected errors came up in. */
const requestIds = new WeakMap<object, string>();

/** True for a mistake of ours: neither a refusal in our words nor one of graphql-js. */
function isUnexpected(error: unknown): boolean {
  const original = unwrapResolverError(error);
  return !(original instanceof ExpectedError || original instanceof GraphQLError);
}

function writeDown(errors: readonly GraphQLError[], { id, log }: RequestContext["request"]): void {
  for (const error of errors.filter(isUnexpected)) {
    requestIds.set(error, id);
    // Its client has gone, so it stopped: nothing is wrong.
    if (unwrapResolverError(error) instanceof Unwanted) continue;
    log.error({ err: unwrapResolverError(error), path: error.path }, "A resolver failed.");
  }
}

/** Writes unexpected errors to the log, whole, under the id of their request. */
export const logUnexpected: ApolloServerPlugin<RequestContext> = {
  requestDidStart: async () => ({
    didEncounterErrors: async ({ errors, contextValue: { request } }) => writeDown(errors, request),
  }),
};

/** What clients see of an error: expected ones as they are, of the rest only where to find it in the log. */
export function maskUnexpected(formatted: GraphQLFormattedError, error: unknown): GraphQLFormattedError {
  if (!isUnexpected(error)) return formatted;
  const requestId = requestIds.get(error as object) ?? "unknown";
  return { ...formatted, message: maskedMessage(requestId), extensions: { code: "INTERNAL_SERVER_ERROR", requestId } };
}

/** The errors of a result as its client may see them; unexpected ones are written to the log. For what Apollo does not answer. */
export function maskErrors(errors: readonly GraphQLError[], request: RequestContext["request"]): GraphQLFormattedError[] {
  writeDown(errors, request);
  return errors.map((error) => maskUnexpected(error.toJSON(), error));
}
