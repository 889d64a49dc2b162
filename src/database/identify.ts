import { createHmac } from "node:crypto";

/** What has an outward id. */
export type Kind =
  | "Domain"
  | "Benchmark"
  | "BenchmarkVersion"
  | "Model"
  | "Reference"
  | "Account"
  | "Contributor"
  | "Submission"
  | "Observation"
  | "SampleFile"
  | "Release"
  | "ApiKey";

/**
 * The outward id of a thing (§10), such as `benchmark-version_Zk3…`: its kind, and 132 bits of HMAC-SHA256 (RFC 2104) of kind and natural
 * key under the key of the ledger. Who lacks that key can neither guess an id nor tell a natural key from it. `naturalKey` is the
 * thing's key as first registered:
 *
 * Domain [slug]; Benchmark [slug, identifier]; BenchmarkVersion [slug, identifier, number]; Model [slug, name, key of the owner or null];
 * Reference [slug, key], and the key of the account that registered it if one did; Account and Contributor [key]; Submission [key of the
 * account, key]; SampleFile [slug, path]; Release [slug, name]; ApiKey [prefix]; Observation [id of the model, id of the version, startedAt and endedAt as
 * ISO strings or null, how many with these four were registered before]. `freeId` adds a number where a key was free again.
 */
export function idOf(idKey: Buffer, kind: Kind, ...naturalKey: readonly (string | number | null)[]): string {
  const digest = createHmac("sha256", idKey)
    .update(JSON.stringify([kind, ...naturalKey]))
    .digest("base64url");
  const prefix = kind.replaceAll(/(?<=[a-z])[A-Z]/g, "-$&").toLowerCase();
  return `${prefix}_${digest.slice(0, 22)}`;
}
