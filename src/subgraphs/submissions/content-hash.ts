import { createHash } from "node:crypto";
import type { PlacedScore } from "./place-scores";

/**
 * What a submission says, as SHA-256: equal for submissions that say the same, however numbers and instants are written, whether models
 * are given by name or id, and in whichever order scores and fields stand.
 */
export function contentHash(scores: readonly PlacedScore[]): Buffer {
  const said = scores.map(({ score: { raw, ceiled, error, failed, startedAt, endedAt, comment }, model, version }) =>
    JSON.stringify([
      ...[model.id, version.id, startedAt?.getTime() ?? null, endedAt.getTime()],
      // A sum with 0 has no −0.
      ...[raw, ceiled, error].map((number) => (number == null ? null : number + 0)),
      ...[failed ?? false, comment ?? null],
    ]),
  );
  return createHash("sha256").update(said.sort().join("\n")).digest();
}
