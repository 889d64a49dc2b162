import { type AccountRow } from "./dataset";
import { quote } from "./faults";
import { keyOf } from "./held";
import { differs, planOf, refuseRepeats, valuesOf, type Change, type Merge, type Plan } from "./merge";

/** Those who own models or submitted scores. Without accounts.csv every owner that is not known becomes an account with the key as its name. */
export function mergeAccounts(merge: Merge): Plan {
  const { folder, held, faults } = merge;
  const { dataset, lines, hasAccounts } = folder;
  refuseRepeats(merge, "accounts", dataset.accounts, ({ key }) => key);
  const kept = new Map(held.accounts.map((account) => [account.key, account]));
  const keys = new Set([...kept.keys(), ...dataset.accounts.map(({ key }) => key)]);
  const rows: AccountRow[] = [...dataset.accounts];
  for (const table of ["models", "submissions"] as const)
    for (const [index, { owner }] of dataset[table].entries()) {
      if (!owner || keys.has(owner)) continue;
      if (hasAccounts) {
        faults.add(`${table}.csv`, lines[table][index], "owner", `expected a key of accounts.csv, got ${quote(owner)}`);
        continue;
      }
      keys.add(owner);
      rows.push({ key: owner, display_name: owner });
    }
  const changes = rows.map((row): Change | null => {
    const own = kept.get(row.key);
    if (own && !differs("accounts", row, own)) return null;
    return { key: row.key, pk: own?.pk ?? null, naturalKey: [row.key], values: valuesOf("accounts", row), links: {} };
  });
  return planOf("account", changes);
}

/** The submissions. A key is unique within its account. */
export function mergeSubmissions(merge: Merge): Plan {
  const { folder, held } = merge;
  const { dataset } = folder;
  refuseRepeats(merge, "submissions", dataset.submissions, ({ owner, key }) => keyOf(owner, key));
  const kept = new Map(held.submissions.map((submission) => [keyOf(submission.owner, submission.key), submission]));
  const changes = dataset.submissions.map((row): Change | null => {
    const key = keyOf(row.owner, row.key);
    const own = kept.get(key);
    if (own && !differs("submissions", row, own)) return null;
    return {
      key,
      pk: own?.pk ?? null,
      naturalKey: [row.owner, row.key],
      values: valuesOf("submissions", row),
      links: { account_pk: row.owner },
    };
  });
  return planOf("submission", changes);
}
