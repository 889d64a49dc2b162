import { idOf } from "../../database/identify";
import { EXPECTED, isName } from "../../database/texts";
import type { Row } from "../../database/write-rows";
import { invariant } from "../../errors";
import { quote } from "../../federation/check-input";
import type { Context } from "../../federation/context";
import { findDomain } from "../../federation/find-domain";
import { mutate, type Writing } from "../../federation/mutate";
import { contentHash } from "./content-hash";
import { type Held, readHeld, saysTheSame, tellOther } from "./held-observations";
import { submissionById } from "./loaders";
import { type PlacedScore, placeScores } from "./place-scores";
import type { SubmitScoresInput } from "./score-input";
import { SubmitScoresPayload } from "./score-payload";
import { submissionRevision } from "./submission-revision";

const SCORES_AT_MOST = 10_000;

/**
 * Writes scores of the account's own models, of any for an admin: all of them or none, and once under one key. The same submission sent
 * again writes nothing and is answered as it was the first time; another one under the same key is a conflict. Of the scores, those that
 * are held already with the same outcome are left as they are, and are not this submission's. `now`: the clock, which tells what is in
 * the future and when it was submitted.
 */
export async function submitScores(context: Context, input: SubmitScoresInput, now = () => new Date()): Promise<SubmitScoresPayload> {
  const isDryRun = input.dryRun ?? false;
  let outcome: Outcome | null = null;
  const answer = await mutate(context, { payload: SubmitScoresPayload, name: "submitScores", input, isDryRun }, async (writing) => {
    outcome = await write(writing, input, isDryRun, now());
    const { id, replayed } = outcome;
    return async () => ({ submission: await submissionById(context, id), replayed });
  });
  if (answer.userErrors.length > 0) return answer;
  if (answer.submission) answer.revision = await submissionRevision(context, answer.submission);
  answer.replayed = (outcome as Outcome | null)?.replayed ?? null;
  return answer;
}

interface Outcome {
  /** Outward id of the submission. */
  readonly id: string;
  readonly replayed: boolean;
}

async function write(writing: Writing, input: SubmitScoresInput, isDryRun: boolean, now: Date): Promise<Outcome> {
  const { submissionKey: key, scores } = input;
  const { refuse } = writing;
  const domainPk = await findDomain(writing, input.domain);
  if (!isName(key)) refuse("INVALID", ["submissionKey"], `Expected ${EXPECTED.name}, got ${quote(key)}.`);
  if (scores.length === 0) refuse("INVALID", ["scores"], "Expected 1 to 10,000 scores, got none.");
  if (scores.length > SCORES_AT_MOST) refuse("TOO_MANY", ["scores"], `Expected 1 to 10,000 scores, got ${scores.length}.`);
  const { account, earlier } = await findEarlier(writing, key);
  const id = idOf(writing.idKey, "Submission", account, key);
  if (domainPk === null || scores.length === 0 || scores.length > SCORES_AT_MOST) return { id, replayed: false };

  const { placed, faults } = await placeScores(writing, domainPk, scores, now);
  const content = placed.length === scores.length ? contentHash(placed) : null;
  // What was written once is not checked again: the models may have gone to somebody else since.
  if (earlier && content && earlier.content?.equals(content)) return { id: earlier.id, replayed: true };

  for (const fault of faults) refuse(...fault);
  if (earlier) refuse("CONFLICT", ["submissionKey"], earlier.content ? OTHER_CONTENT : IMPORTED);
  const sound = placed.filter(({ isSound }) => isSound);
  const heldUnder = await readHeld(writing.query, sound);
  const added = sound.filter((score) => !isHeld(writing, score, heldUnder(score)));
  if (writing.isRefused || isDryRun) return { id, replayed: false };

  invariant(content, "scores that are not refused have been placed");
  const submission = { id, account_pk: writing.account.accountPk, key, submitted_at: now.toISOString(), content_hash: content };
  const [submissionPk] = await writing.add("submission", [submission]);
  await writing.add(
    "observation",
    added.map((score) => ({ ...observationRow(writing, score, heldUnder(score)), submission_pk: submissionPk })),
  );
  return { id, replayed: false };
}

const OTHER_CONTENT = "You handed in other scores under this key: take a new key, or send exactly the same again.";
const IMPORTED = "A submission under this key was imported: take a new key.";

/** True if an observation that counts says the same already; one that says something else is refused. */
function isHeld({ refuse }: Writing, { score, index }: PlacedScore, { counting }: Held): boolean {
  if (!counting) return false;
  if (!saysTheSame(score, counting)) refuse("CONFLICT", ["scores", index], tellOther(score, counting));
  return true;
}

function observationRow({ idKey }: Writing, { score, model, version }: PlacedScore, { count }: Held): Row {
  const [started, ended] = [score.startedAt?.toISOString() ?? null, score.endedAt.toISOString()];
  return {
    id: idOf(idKey, "Observation", model.id, version.id, started, ended, count),
    model_pk: model.pk,
    version_pk: version.pk,
    raw: score.raw ?? null,
    ceiled: score.ceiled ?? null,
    error: score.error ?? null,
    is_failed: score.failed ?? false,
    started_at: started,
    ended_at: ended,
    comment: score.comment ?? null,
  };
}

interface Earlier {
  readonly id: string;
  /** Hash of what it says; null for one that was imported. */
  readonly content: Buffer | null;
}

const EARLIER = `
  SELECT account.key AS "account", submission.id, content_hash AS "content"
  FROM account LEFT JOIN submission ON submission.account_pk = account.pk AND submission.key = $2 WHERE account.pk = $1`;

/** The key of the account that writes, and its submission of a key; null if there is none. */
async function findEarlier({ query, account }: Writing, key: string): Promise<{ account: string; earlier: Earlier | null }> {
  const [found] = await query(EARLIER, [account.accountPk, key]);
  invariant(found, "who writes has an account");
  return { account: found.account, earlier: found.id === null ? null : { id: found.id, content: found.content } };
}
