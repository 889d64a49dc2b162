/** What names a submission. */
export interface SubmissionName {
  readonly key: string;
  /** Key of its account. */
  readonly owner: string;
}

/**
 * The submission that a row of scores.csv means, which says its key only: the only one of that key, else the one of the model's owner.
 * Undefined if there is none such.
 */
export function chooseSubmission<T extends SubmissionName>(ofThatKey: readonly T[], modelOwner: string | null | undefined): T | undefined {
  return ofThatKey.length === 1 ? ofThatKey[0] : ofThatKey.find(({ owner }) => owner === modelOwner);
}
