import type { DataSource } from "typeorm";
import { mintKey } from "../../src/subgraphs/submissions/accounts/key-text";

/** Gives an account an API key, as `scoretree account` would, and returns its text. */
export async function giveKey(dataSource: DataSource, account: string): Promise<string> {
  const { text, prefix, hash } = mintKey();
  await dataSource.query(
    `INSERT INTO api_key (id, account_pk, name, prefix, hash) SELECT $1, pk, 'test', $1, $2 FROM account WHERE key = $3`,
    [prefix, hash, account],
  );
  return text;
}
