import { invariant } from "../errors";
import { rowsAt } from "./at-revision";
import type { FactTable } from "./fact-tables";
import { IS_SEEN_BY_ALL } from "./whose-reference";

/** What a request may read: facts as they stood at a revision, those of them that the asker may see. */
export interface Sight {
  /** Who asks; null is anybody, without an account. */
  readonly asker: { readonly accountPk: number; readonly isAdmin: boolean } | null;
  readonly revision: number;
  /** The revision that the request is answered from, if a later one: models that are not the asker's to see then are left out too. */
  readonly present?: number;
}

/** Which rows of a table one may see: SQL conditions on a row called `fact`. Other tables that they name hold visible rows only. */
interface Rule {
  /** The rows that everybody sees. */
  readonly everybody: string;
  /** The further ones that the account `:asker` sees. */
  readonly account?: string;
  /** What others than admins read in place of a column. */
  readonly columns?: Readonly<Record<string, string>>;
}

/** Who sees which rows (§10); admins see all. A rule names only tables whose own stand before it. */
export const RULES: Readonly<Record<FactTable, Rule>> = {
  domain: { everybody: "true" },
  benchmark: { everybody: "true" },
  benchmark_version: { everybody: "true" },
  sample_file: { everybody: "true" },
  release: { everybody: "true" },
  model: { everybody: "fact.is_public", account: "fact.owner_pk = :asker" },
  reference: { everybody: IS_SEEN_BY_ALL, account: "fact.registrant_pk = :asker OR fact.pk IN (SELECT reference_pk FROM model)" },
  account: { everybody: "false", account: "fact.pk = :asker" },
  submission: { everybody: "false", account: "fact.account_pk = :asker" },
  observation: {
    everybody: "fact.model_pk IN (SELECT pk FROM model)",
    columns: { comment: "CASE WHEN fact.model_pk IN (SELECT pk FROM model WHERE owner_pk = :asker) THEN fact.comment END" },
  },
};

/** The columns of tables of which others than admins do not read all, or of which much may have changed. */
const COLUMNS: Partial<Record<FactTable, readonly string[]>> = {
  observation: [
    ...["pk", "id", "revision", "model_pk", "version_pk", "submission_pk", "raw", "ceiled", "error", "is_failed"],
    ...["started_at", "ended_at", "comment", "retracted_at", "retraction_reason"],
  ],
};

/** What no request reads: tables that hold no facts, and any table by the name of its schema. */
const CLOSED = /\b(ledger|earlier_content|fact_append|migration|information_schema|pg_\w+)\b|\bpublic"?\s*\./i;

const mentions = (sql: string, table: string): boolean => new RegExp(`\\b${table}\\b`, "i").test(sql);

/**
 * An SQL SELECT and its parameters, made such that every fact table that it names holds nothing but what one may see, as it stood at a
 * revision (§9, §10). The names are shadowed, so a SELECT cannot forget who asks. It may also name `contributor`: `pk` of an account with
 * its outward `id` and `display_name`, and `api_key`, whose hashes nobody reads. Throws on what is closed to requests.
 */
export function selectVisible(sql: string, parameters: readonly unknown[], sight: Sight): [string, unknown[]] {
  invariant(!CLOSED.test(sql), `requests read facts only, not: ${sql}`);
  const values = [...parameters];
  const places = new Map<number, number>();
  const place = (value: number): number => {
    if (!places.has(value)) places.set(value, values.push(value));
    return places.get(value)!;
  };
  const shadows: string[] = [];
  let text = sql;
  for (const [table, select] of shadowsOf(sight, place).reverse()) {
    if (!mentions(text, table)) continue;
    const shadow = select();
    shadows.unshift(`${table} AS NOT MATERIALIZED (${shadow})`);
    text += shadow;
  }
  return [shadows.length > 0 ? `WITH ${shadows.join(",\n")}\n${sql}` : sql, values];
}

/** What stands for each table, in an order in which none names one behind it. `place` gives the number of a parameter of this value. */
function shadowsOf({ asker, revision, present = revision }: Sight, place: (value: number) => number): [string, () => string][] {
  const all = (table: FactTable, at = revision) => `(${rowsAt(table, place(at), COLUMNS[table])}) AS fact`;
  const own = (condition: string) => condition.replaceAll(":asker", () => `$${place(asker!.accountPk)}`);
  const seen = ({ everybody, account }: Rule): string => {
    if (asker?.isAdmin) return "true";
    return asker && account ? `(${everybody} OR ${own(account)})` : `(${everybody})`;
  };
  const columnsOf = (table: FactTable): string => {
    const names = asker?.isAdmin ? undefined : COLUMNS[table];
    const told = RULES[table].columns ?? {};
    return names?.map((name) => (name in told ? `${asker ? own(told[name]) : "NULL"} AS ${name}` : `fact.${name}`)).join(", ") ?? "fact.*";
  };
  const shadows = (Object.keys(RULES) as FactTable[]).map((table): [string, () => string] => [
    table,
    () => {
      const isStill = table === "model" && present !== revision ? " AND fact.pk IN (SELECT pk FROM present_model)" : "";
      return `SELECT ${columnsOf(table)} FROM ${all(table)} WHERE ${seen(RULES[table])}${isStill}`;
    },
  ]);
  return [
    ["present_model", () => `SELECT fact.pk FROM ${all("model", present)} WHERE ${seen(RULES.model)}`],
    ...shadows.filter(([table]) => table !== "account"),
    ["contributor", () => `${CONTRIBUTORS} FROM ${all("account")} WHERE fact.pk IN (SELECT owner_pk FROM model)`],
    ...shadows.filter(([table]) => table === "account"),
    ["api_key", () => `${API_KEYS} WHERE ${asker?.isAdmin ? "true" : asker ? own("account_pk = :asker") : "false"}`],
  ];
}

/** Keys are no facts: they are told as they are now, and without their hashes, whoever asks. */
const API_KEYS = "SELECT pk, id, account_pk, name, prefix, created_at, last_used_at, expires_at, revoked_at FROM api_key";

/** What everybody may know of the owners of models that they see. */
const CONTRIBUTORS = "SELECT fact.pk, fact.contributor_id AS id, coalesce(fact.display_name, fact.key) AS display_name";
