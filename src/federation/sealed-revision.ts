import { createCipheriv, createDecipheriv, createHmac, randomBytes } from "node:crypto";
import type { LedgerFacts } from "../board/facts";

const NONCE_BYTES = 12;
const PLAIN_BYTES = 16;
const TAG_BYTES = 16;

const keyOf = (idKey: Buffer): Buffer => createHmac("sha256", idKey).update("sealed revision").digest();

/** A revision, and what outsiders may know it as (§9). */
export type Sealed = Pick<LedgerFacts, "revision" | "publicRevision">;

/**
 * A revision that one process names to another through a client: AES-256-GCM under a key derived from the ledger's, so that outsiders
 * can neither read nor make one. A private write moves the revision, and nobody else may learn that it did (§9, §10): the same revision
 * is sealed otherwise each time.
 */
export function sealRevision(idKey: Buffer, { revision, publicRevision }: Sealed): string {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv("aes-256-gcm", keyOf(idKey), nonce);
  const plain = Buffer.alloc(PLAIN_BYTES);
  plain.writeBigUInt64BE(BigInt(revision));
  plain.writeBigUInt64BE(BigInt(publicRevision), 8);
  return Buffer.concat([nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()]).toString("base64url");
}

/** The revision in a seal; null if it was not made by `sealRevision` under the same key. */
export function openRevision(idKey: Buffer, sealed: string): Sealed | null {
  const bytes = Buffer.from(sealed, "base64url");
  if (bytes.length !== NONCE_BYTES + PLAIN_BYTES + TAG_BYTES) return null;
  const decipher = createDecipheriv("aes-256-gcm", keyOf(idKey), bytes.subarray(0, NONCE_BYTES), { authTagLength: TAG_BYTES });
  decipher.setAuthTag(bytes.subarray(-TAG_BYTES));
  try {
    const plain = Buffer.concat([decipher.update(bytes.subarray(NONCE_BYTES, -TAG_BYTES)), decipher.final()]);
    return { revision: Number(plain.readBigUInt64BE()), publicRevision: Number(plain.readBigUInt64BE(8)) };
  } catch {
    return null;
  }
}
