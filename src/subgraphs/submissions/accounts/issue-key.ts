import { idOf } from "../../../database/identify";
import type { Query } from "../../../database/write-rows";
import { mintKey } from "./key-text";

export interface IssuedKey {
  readonly id: string;
  /** The secret: told now and never again. */
  readonly text: string;
}

/** What a new key is to be. */
export interface KeyOrder {
  readonly accountPk: number;
  readonly name: string;
  /** Null: it does not expire. */
  readonly expiresAt: Date | null;
  /** The account that makes it; null: somebody at the command line. */
  readonly creatorPk: number | null;
}

const INSERT = `INSERT INTO api_key (id, account_pk, name, prefix, hash, expires_at, creator_pk) VALUES ($1, $2, $3, $4, $5, $6, $7)`;

/** Makes a key within a transaction. What it is asked to be has been checked. */
export async function issueKey(query: Query, idKey: Buffer, { accountPk, name, expiresAt, creatorPk }: KeyOrder): Promise<IssuedKey> {
  const { text, prefix, hash } = mintKey();
  const id = idOf(idKey, "ApiKey", prefix);
  await query(INSERT, [id, accountPk, name, prefix, hash, expiresAt?.toISOString() ?? null, creatorPk]);
  return { id, text };
}
