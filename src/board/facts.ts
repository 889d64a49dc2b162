import type { Observations } from "../scoring/observations";
import type { Wholes } from "../scoring/wholes";

/** The few columns of the fact tables that a board is computed from. Everything else about a benchmark, model or reference is its subgraph's. */
export interface DomainFacts {
  readonly pk: number;
  readonly id: string;
  readonly slug: string;
  readonly name: string;
  /** The how-to-use snippet, `{name}` standing for a model's name; null where the domain has none. */
  readonly usage: string | null;
  readonly license: string | null;
  /** Keys of the references that the domain itself asks to cite, in order. */
  readonly referenceKeys: readonly string[];
}

export interface BenchmarkFacts {
  readonly pk: number;
  readonly id: string;
  readonly identifier: string;
  readonly parentPk: number | null;
  readonly order: number;
  readonly isVisible: boolean;
  /** Of a root: raw scores count, unclamped. False below a root. */
  readonly isRaw: boolean;
  /** Decimals that ranks compare after rounding to; null compares exactly. */
  readonly rankDecimals: number | null;
  /** Place among the domain's roots, 0 is the global one; null below a root. */
  readonly rootPosition: number | null;
  readonly referencePk: number | null;
}

export interface VersionFacts {
  readonly pk: number;
  readonly id: string;
  readonly benchmarkPk: number;
  readonly number: number;
  readonly ceiling: number | null;
  readonly region: string | null;
  readonly species: string | null;
  readonly task: string | null;
  readonly dataIsPublic: boolean | null;
  readonly stimulusCount: number | null;
}

export interface ReferenceFacts {
  readonly pk: number;
  readonly id: string;
  readonly key: string;
  /** Equal for references of one work. */
  readonly work: string;
  /** Account that registered it; null for an imported one. */
  readonly registrantPk: number | null;
}

export interface ModelFacts {
  readonly pk: number;
  readonly id: string;
  readonly name: string;
  readonly isPublic: boolean;
  readonly ownerPk: number | null;
  /** Outward id and name of the owner as a contributor; null without an owner. */
  readonly contributorId: string | null;
  readonly contributorName: string | null;
  readonly referencePk: number | null;
  /** Milliseconds since 1970; null if unknown. */
  readonly submittedAt: number | null;
  readonly competition: string | null;
  readonly group: string | null;
  readonly visualDegrees: number | null;
  readonly architecture: string | null;
  readonly family: string | null;
  readonly trainingDataset: string | null;
  readonly taskSpecialization: string | null;
  readonly parameterCount: number | null;
  readonly sizeMegabytes: number | null;
  readonly isRunnable: boolean | null;
}

/** Observations with their place in the fact table, so that text that only the table holds can be fetched. */
export interface ObservationFacts extends Observations {
  readonly pk: Int32Array;
  /** Revision of the last change, one an observation. */
  readonly revision: Wholes;
  /** The highest pk there is; 0 without observations. Pks grow in the order of the facts. */
  readonly highestPk: number;
}

/** A name for a domain's facts at one revision. */
export interface ReleaseFacts {
  readonly pk: number;
  readonly id: string;
  readonly name: string;
  /** The last revision that it covers. */
  readonly atRevision: number;
  readonly atPublicRevision: number;
  readonly createdAt: Date;
  readonly notes: string | null;
  readonly checksum: string;
}

/** Everything of the catalog of one domain. */
export interface DomainCatalogFacts {
  readonly domain: DomainFacts;
  /** By pk, ascending; references too. */
  readonly benchmarks: readonly BenchmarkFacts[];
  /** By benchmark and number, ascending. */
  readonly versions: readonly VersionFacts[];
  readonly references: readonly ReferenceFacts[];
  /** The oldest first. */
  readonly releases: readonly ReleaseFacts[];
}

/** A fact as it is read: with the domain that it is of. */
export type OfDomain<T> = T & { readonly domainPk: number };

/** The state of the ledger that facts were read at. */
export interface LedgerFacts {
  /** Number of the last fact written. */
  readonly revision: number;
  /** The same as outsiders may know it (§9): facts that not everybody may see do not move it. */
  readonly publicRevision: number;
  /** The key that ids and cursors are hashed with. */
  readonly idKey: Buffer;
}
