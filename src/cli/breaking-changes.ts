import { CriticalityLevel, diff } from "@graphql-inspector/core";
import { buildSchema } from "graphql";

/** A change of the API that a client's query may break on. */
export interface BreakingChange {
  /** The element that changed: `Model.name`. */
  readonly path: string;
  readonly message: string;
}

/** What in the API now would break clients of the API as it was, both in SDL; in the order of the paths. */
export async function breakingChanges(was: string, now: string): Promise<BreakingChange[]> {
  const changes = await diff(buildSchema(was), buildSchema(now));
  return changes
    .filter(({ criticality }) => criticality.level === CriticalityLevel.Breaking)
    .map(({ path, message }) => ({ path: path ?? "", message }))
    .sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
}
