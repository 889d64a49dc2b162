import type { DataSource } from "typeorm";
import type { Viewer } from "../../src/board/viewer";

/** An admin without an account of its own. */
export const ADMIN: Viewer = { accountPk: -1, isAdmin: true };

/** Somebody with an account that owns nothing. */
export const STRANGER: Viewer = { accountPk: -2, isAdmin: false };

/** The member whose account has this key. */
export async function viewerOf(dataSource: DataSource, key: string): Promise<Viewer> {
  const [{ pk }] = await dataSource.query("SELECT pk FROM account WHERE key = $1", [key]);
  return { accountPk: pk, isAdmin: false };
}
