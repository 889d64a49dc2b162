import { quote } from "../../federation/check-input";
import type { Context } from "../../federation/context";
import { mutate, type Writing } from "../../federation/mutate";
import { Observation } from "./foreign";
import type { RetractScoresInput } from "./score-input";
import { RetractScoresPayload } from "./score-payload";

const OBSERVATIONS_AT_MOST = 10_000;
const LONGEST_REASON = 1_000;

/** The observations of ids that the account sees (§10), and whether it may retract them. */
const OBSERVATIONS = `
  SELECT observation.pk, observation.id, retracted_at IS NOT NULL AS "isRetracted", ($2 OR model.owner_pk = $3) IS TRUE AS "isOwn"
  FROM observation JOIN model ON model.pk = model_pk
  WHERE observation.id = ANY ($1) AND (model.is_public OR $2 OR model.owner_pk = $3)`;

interface Found {
  readonly pk: number;
  readonly id: string;
  readonly isRetracted: boolean;
  readonly isOwn: boolean;
}

/** Declares that observations of the account's own models, of any for an admin, do not count (§2). Those that do not already stay as they are. */
export const retractScores = (context: Context, input: RetractScoresInput, now = () => new Date()): Promise<RetractScoresPayload> =>
  mutate(context, { payload: RetractScoresPayload, name: "retractScores", input }, async (writing) => {
    const { refuse } = writing;
    const { observations: ids, reason } = input;
    if (reason.trim() === "" || Array.from(reason).length > LONGEST_REASON)
      refuse("INVALID", ["reason"], "Expected a reason of 1 to 1,000 characters.");
    if (ids.length === 0) refuse("INVALID", ["observations"], "Expected 1 to 10,000 ids, got none.");
    if (ids.length > OBSERVATIONS_AT_MOST) refuse("TOO_MANY", ["observations"], `Expected 1 to 10,000 ids, got ${ids.length}.`);
    else await retract(writing, input, now());
    return () => ({ observations: ids.map((id) => Object.assign(new Observation(), { id })) });
  });

async function retract(writing: Writing, { observations: ids, reason }: RetractScoresInput, now: Date): Promise<void> {
  const { query, account, refuse } = writing;
  const found: Found[] = await query(OBSERVATIONS, [ids, account.isAdmin, account.accountPk]);
  const byId = new Map(found.map((observation) => [observation.id, observation]));
  ids.forEach((id, index) => {
    const observation = byId.get(id);
    if (!observation) refuse("NOT_FOUND", ["observations", index], `There is no observation ${quote(id)}.`);
    else if (!observation.isOwn) refuse("NOT_ALLOWED", ["observations", index], "The model of this observation is not yours.");
  });
  const counting = found.filter(({ isRetracted }) => !isRetracted);
  if (writing.isRefused || counting.length === 0) return;
  await writing.change(
    "observation",
    counting.map(({ pk }) => ({ pk, retracted_at: now.toISOString(), retraction_reason: reason })),
  );
}
