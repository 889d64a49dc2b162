/** How much one operation may ask for. */
export interface Limits {
  /** Bytes of a request's body, of those who may not send much. Default 256 kB. */
  readonly bodyBytes: number;
  /** Tokens of a document. Default 2,000. */
  readonly tokens: number;
  /** How deep fields may stand within each other. Default 15, as deep as the usual introspection. */
  readonly depth: number;
  /** Aliases in a document. Default 50. */
  readonly aliases: number;
  /** Fields of the root, fragments included. Default 20. */
  readonly rootFields: number;
  /** Directives in a document. Default 20. */
  readonly directives: number;
  /** Fields of a document, those of a fragment counted wherever it is spread. Default 5,000. */
  readonly fields: number;
  /** Pairs of fields that fall together under one name, each of which must be checked. Default 2,000. */
  readonly pairs: number;
  /** Entries of a list in the variables of a query. Default 1,000. */
  readonly listEntries: number;
  /** Objects that an answer may hold, with what costly fields count as, estimated before it is computed. Default 50,000. */
  readonly nodes: number;
  /** How long a query may be computed, in milliseconds. Default 10,000. */
  readonly milliseconds: number;
}

/** What anybody may ask for. */
export const LIMITS: Limits = {
  bodyBytes: 256 * 1024,
  tokens: 2_000,
  depth: 15,
  aliases: 50,
  rootFields: 20,
  directives: 20,
  fields: 5_000,
  pairs: 2_000,
  listEntries: 1_000,
  nodes: 50_000,
  milliseconds: 10_000,
};

/**
 * What a gateway may ask a subgraph for. Its own clients kept to limits before; a plan gathers under aliases what stands in many places,
 * and asks about all entities of an answer at once.
 */
export const GATEWAY_LIMITS: Limits = {
  ...LIMITS,
  bodyBytes: 8 * 1024 * 1024,
  tokens: 20_000,
  depth: 20,
  aliases: 2_000,
  rootFields: 200,
  directives: 2_000,
  fields: 50_000,
  pairs: 20_000,
  listEntries: 50_000,
  nodes: 500_000,
};
