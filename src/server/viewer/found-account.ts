/** The account that somebody has proved to be. */
export interface FoundAccount {
  readonly accountPk: number;
  readonly isAdmin: boolean;
  /** Of the last change of the account: the board that answers it must know it. */
  readonly revision: number;
}
