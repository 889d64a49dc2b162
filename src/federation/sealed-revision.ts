import { createCipheriv, createDecipheriv, createHmac, randomBytes } from "node:crypto";
import { LRUCache } from "lru-cache";
import type { LedgerFacts } from "../board/facts";

const NONCE_BYTES = 12;
const PLAIN_BYTES = 16;
const TAG_BYTES = 16;

/** How many opened seals are remembered: all requests of an operation bring the same one. */
const REMEMBERED = 1_000;

/** What is known under a ledger's key. */
interface Known {
  readonly key: Buffer;
  readonly opened: LRUCache<string, Sealed>;
}

const knownByKey = new WeakMap<Buffer, Known>();

function known(idKey: Buffer): Known {
  let found = knownByKey.get(idKey);
  if (!found) {
    const key = createHmac("sha256", idKey).update("sealed revision").digest();
    knownByKey.set(idKey, (found = { key, opened: new LRUCache({ max: REMEMBERED }) }));
  }
  return found;
}

/** A revision, and what outsiders may know it as (§9). */
export type Sealed = Pick<LedgerFacts, "revision" | "publicRevision">;

/**
 * A revision that one process names to another through a client: AES-256-GCM under a key derived from the ledger's, so that outsiders
 * can neither read nor make one. A private write moves the revision, and nobody else may learn that it did (§9, §10): the same revision
 * is sealed otherwise each time.
 */
export function sealRevision(idKey: Buffer, { revision, publicRevision }: Sealed): string {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv("aes-256-gcm", known(idKey).key, nonce);
  const plain = Buffer.alloc(PLAIN_BYTES);
  plain.writeBigUInt64BE(BigInt(revision));
  plain.writeBigUInt64BE(BigInt(publicRevision), 8);
  return Buffer.concat([nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()]).toString("base64url");
}

/** The revision in a seal; null if it was not made by `sealRevision` under the same key. */
export function openRevision(idKey: Buffer, sealed: string): Sealed | null {
  const { key, opened } = known(idKey);
  const before = opened.get(sealed);
  if (before) return before;
  const bytes = Buffer.from(sealed, "base64url");
  // The last letter has bits to spare: one seal is one text.
  if (bytes.length !== NONCE_BYTES + PLAIN_BYTES + TAG_BYTES || bytes.toString("base64url") !== sealed) return null;
  const decipher = createDecipheriv("aes-256-gcm", key, bytes.subarray(0, NONCE_BYTES), { authTagLength: TAG_BYTES });
  decipher.setAuthTag(bytes.subarray(-TAG_BYTES));
  try {
    const plain = Buffer.concat([decipher.update(bytes.subarray(NONCE_BYTES, -TAG_BYTES)), decipher.final()]);
    const found = { revision: Number(plain.readBigUInt64BE()), publicRevision: Number(plain.readBigUInt64BE(8)) };
    opened.set(sealed, found);
    return found;
  } catch {
    return null;
  }
}
