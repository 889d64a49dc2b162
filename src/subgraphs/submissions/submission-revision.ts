import { firstAppends } from "../../database/first-append";
import { invariant } from "../../errors";
import { type Context, databaseOf } from "../../federation/context";
import type { Submission } from "./submission";

async function submissionRevisions(pks: readonly number[], context: Context): Promise<string[]> {
  const ends = await firstAppends(databaseOf(context), "submission", pks);
  return pks.map((pk) => {
    const end = ends.get(pk);
    invariant(end, "a submission was written by an append");
    return String(context.viewer?.isAdmin ? end.revision : end.publicRevision);
  });
}

/**
 * The revision that a submission ended at, as its viewer may know it: the same rule as for the revision that answers name (§9). For a
 * member it is the public one, which a write that not everybody may see does not move.
 */
export const submissionRevision = (context: Context, { pk }: Submission): Promise<string> => context.loader(submissionRevisions).load(pk);
