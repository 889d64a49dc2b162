import { createCipheriv, createDecipheriv, createHmac, randomBytes } from "node:crypto";

const NONCE_BYTES = 12;
const REVISION_BYTES = 8;
const TAG_BYTES = 16;

const keyOf = (idKey: Buffer): Buffer => createHmac("sha256", idKey).update("sealed revision").digest();

/**
 * A revision that one process names to another through a client: AES-256-GCM under a key derived from the ledger's, so that outsiders
 * can neither read nor make one. A private write moves the revision, and nobody else may learn that it did (§9, §10): the same revision
 * is sealed otherwise each time.
 */
export function sealRevision(idKey: Buffer, revision: number): string {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv("aes-256-gcm", keyOf(idKey), nonce);
  const plain = Buffer.alloc(REVISION_BYTES);
  plain.writeBigUInt64BE(BigInt(revision));
  return Buffer.concat([nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()]).toString("base64url");
}

/** The revision in a seal; null if it was not made by `sealRevision` under the same key. */
export function openRevision(idKey: Buffer, sealed: string): number | null {
  const bytes = Buffer.from(sealed, "base64url");
  if (bytes.length !== NONCE_BYTES + REVISION_BYTES + TAG_BYTES) return null;
  const decipher = createDecipheriv("aes-256-gcm", keyOf(idKey), bytes.subarray(0, NONCE_BYTES), { authTagLength: TAG_BYTES });
  decipher.setAuthTag(bytes.subarray(-TAG_BYTES));
  try {
    return Number(Buffer.concat([decipher.update(bytes.subarray(NONCE_BYTES, -TAG_BYTES)), decipher.final()]).readBigUInt64BE());
  } catch {
    return null;
  }
}
