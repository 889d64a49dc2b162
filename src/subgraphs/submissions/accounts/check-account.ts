import type { Append } from "../../../database/append-facts";
import { EXPECTED, isAccountKey, isTitle } from "../../../database/texts";
import { quote } from "../../../federation/check-input";
import type { AccountOrder } from "./add-account";

/** What is wrong with an account that is asked for. */
export interface AccountFault {
  readonly code: "INVALID" | "CONFLICT";
  readonly field: "key" | "displayName";
  readonly message: string;
}

const TAKEN = `SELECT EXISTS (SELECT FROM account WHERE key = $1) AS "isTaken"`;

/** What is wrong with an account that is asked for. Names are read by everybody, so addresses are refused in them (§10). */
export async function checkAccount({ query }: Pick<Append, "query">, { key, displayName }: AccountOrder): Promise<AccountFault[]> {
  const faults: AccountFault[] = [];
  if (!isAccountKey(key)) faults.push({ code: "INVALID", field: "key", message: `Expected ${EXPECTED.accountKey}; got ${quote(key)}.` });
  else if ((await query(TAKEN, [key]))[0].isTaken)
    faults.push({ code: "CONFLICT", field: "key", message: `There is an account ${quote(key)} already.` });
  if (displayName !== null && (!isTitle(displayName) || /\S@\S/.test(displayName)))
    faults.push({
      ...{ code: "INVALID", field: "displayName" },
      message: `Expected ${EXPECTED.title}, and no e-mail address; got ${quote(displayName)}.`,
    });
  return faults;
}
