import type { ApolloServerPlugin } from "@apollo/server";
import { unwrapResolverError } from "@apollo/server/errors";
import { GraphQLError, type GraphQLFormattedError } from "graphql";
import { Unwanted } from "../board/in-slices";
import { isOutOfReach } from "../database/is-out-of-reach";
import { ExpectedError } from "../errors";
import { maskedMessage } from "./error-answer";
import type { RequestContext } from "./request-context";
import { noteCodes } from "./request-note";

/** What is said where the database cannot be asked at the moment. */
export const OUT_OF_REACH = "The database cannot be asked at the moment. Try again: what is sent again under its key is written once.";

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
    const original = unwrapResolverError(error);
    if (isOutOfReach(original)) log.warn({ err: original, path: error.path }, "The database could not be asked.");
    else log.error({ err: original, path: error.path }, "A resolver failed.");
  }
}

/**
 * Writes unexpected errors to the log, whole, under the id of their request. The status of an answer that is nothing but that the database
 * is out of reach says so too.
 */
export const logUnexpected: ApolloServerPlugin<RequestContext> = {
  requestDidStart: async () => ({
    didEncounterErrors: async ({ errors, contextValue: { request } }) => writeDown(errors, request),
    async willSendResponse({ response: { body, http }, contextValue: { request } }) {
      if (body.kind === "single") noteCodes(request, body.singleResult.errors ?? []);
      if (body.kind !== "single" || body.singleResult.data != null) return;
      if (body.singleResult.errors?.some(({ extensions }) => extensions?.code === "UNAVAILABLE")) http.status = 503;
    },
  }),
};

/** True for what Apollo says of a request as such, such as a hash of another text, without a code of its own. */
const isOfRequest = (error: unknown, { extensions }: GraphQLFormattedError): boolean =>
  error instanceof GraphQLError && !error.path && !error.locations && extensions?.code === "INTERNAL_SERVER_ERROR";

/** What clients see of an error: expected ones as they are, of the rest only where to find it in the log. */
export function maskUnexpected(formatted: GraphQLFormattedError, error: unknown): GraphQLFormattedError {
  if (!isUnexpected(error)) return isOfRequest(error, formatted) ? { ...formatted, extensions: { code: "BAD_REQUEST" } } : formatted;
  if (isOutOfReach(unwrapResolverError(error))) return { ...formatted, message: OUT_OF_REACH, extensions: { code: "UNAVAILABLE" } };
  const requestId = requestIds.get(error as object) ?? "unknown";
  return { ...formatted, message: maskedMessage(requestId), extensions: { code: "INTERNAL_SERVER_ERROR", requestId } };
}

/** The same, without the names that graphql-js offers for a wrong one, as they tell of the schema. */
export function withoutSuggestions(formatted: GraphQLFormattedError, error: unknown): GraphQLFormattedError {
  const masked = maskUnexpected(formatted, error);
  return { ...masked, message: masked.message.replace(/ ?Did you mean .+\?$/, "") };
}

/** The errors of a result as its client may see them; unexpected ones are written to the log. For what Apollo does not answer. */
export function maskErrors(errors: readonly GraphQLError[], request: RequestContext["request"]): GraphQLFormattedError[] {
  writeDown(errors, request);
  return errors.map((error) => maskUnexpected(error.toJSON(), error));
}
