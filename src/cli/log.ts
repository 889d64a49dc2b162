import type { Config } from "../config";
import { type LogEntry, type LogFilter, readLog, type Written } from "../database/read-log";
import { badInput, notFound } from "../errors";
import { firstInstant } from "../federation/date-only";
import { prefixOf } from "../subgraphs/submissions/accounts/key-text";
import { count } from "./count";
import { readInstant } from "./read-instant";
import type { Place } from "./with-database";
import { withTables } from "./with-tables";

/** Most entries of one list. */
const MOST = 10_000;

export interface LogOptions {
  readonly account?: string;
  readonly key?: string;
  readonly since?: string;
  readonly limit: string;
  readonly json?: boolean;
}

const tell = (facts: readonly Written[], which: "added" | "changed"): string =>
  facts.flatMap((fact) => (fact[which] > 0 ? [count(fact[which], fact.table.replaceAll("_", " "))] : [])).join(", ");

/** What wrote it, if it was an account: its key, else a token of the identity provider. */
const proofOf = ({ account, apiKey }: LogEntry): string[] => (account === null ? [] : [apiKey?.prefix ?? "token"]);

function describe(entry: LogEntry): string {
  const { at, firstRevision, lastRevision, account, source, written } = entry;
  const revisions = firstRevision === lastRevision ? String(firstRevision) : `${firstRevision}-${lastRevision}`;
  const [added, changed] = [tell(written, "added"), tell(written, "changed")];
  const facts = [added && `added ${added}`, changed && `changed ${changed}`].filter(Boolean).join("; ");
  return [at.toISOString(), revisions, account ?? "-", ...proofOf(entry), source, facts].join("  ");
}

async function refuseUnknown({ dataSource }: Place, { account, apiKey }: LogFilter): Promise<void> {
  const [found] = await dataSource.query(
    `SELECT EXISTS (SELECT FROM account WHERE key = $1) AS "account", EXISTS (SELECT FROM api_key WHERE prefix = $2) AS "apiKey"`,
    [account ?? "", apiKey ?? ""],
  );
  if (account !== undefined && !found.account) throw notFound("account", account);
  if (apiKey !== undefined && !found.apiKey) throw notFound("API key", apiKey);
}

/** `scoretree log`: who wrote which facts when, and by which key, the newest first. */
export const runLog = (config: Config, { account, key, since, limit, json = false }: LogOptions): Promise<void> =>
  withTables(config, async (place) => {
    if (!/^\d{1,5}$/.test(limit) || Number(limit) < 1 || Number(limit) > MOST)
      throw badInput(`--limit: expected a number from 1 to ${MOST}, got ${limit}.`);
    const from = since === undefined ? undefined : firstInstant(readInstant("--since", since));
    const filter = { account, apiKey: key && prefixOf(key), since: from, limit: Number(limit) };
    await refuseUnknown(place, filter);
    const entries = await readLog(place.dataSource, filter);
    for (const entry of entries) console.log(json ? JSON.stringify(entry) : describe(entry));
    if (entries.length === 0 && !json) console.log("Nothing was written, or nothing of that kind.");
  });
