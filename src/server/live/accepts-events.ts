import { getOperationAST, parse } from "graphql";

/** The media types that an `Accept` header names, without their parameters. Those refused by `q=0` are left out. */
function accepted(header: string): string[] {
  const ranges = header.split(",").map((range) => range.split(";").map((part) => part.trim().toLowerCase()));
  return ranges.filter(([, ...parameters]) => !parameters.some((one) => /^q=0(\.0*)?$/.test(one))).map(([type]) => type);
}

function isSubscription(query: unknown, operationName: unknown): boolean {
  if (typeof query !== "string" || !query.includes("subscription")) return false;
  try {
    return getOperationAST(parse(query), typeof operationName === "string" ? operationName : null)?.operation === "subscription";
  } catch {
    return false;
  }
}

/**
 * True if a request is to be answered by a stream of events: it accepts nothing else, or it asks for a subscription and accepts one. (Some
 * clients accept `text/event-stream` and JSON of whatever they send.)
 */
export function acceptsEvents(accept: string | undefined, { query, operationName }: { query?: unknown; operationName?: unknown }): boolean {
  const types = accepted(accept ?? "");
  if (!types.includes("text/event-stream")) return false;
  return types.every((type) => type === "text/event-stream") || isSubscription(query, operationName);
}
