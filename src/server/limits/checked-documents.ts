import { createHash } from "node:crypto";
import { type DocumentNode, getOperationAST, type GraphQLSchema, parse, validate } from "graphql";
import { LRUCache } from "lru-cache";
import { ExpectedError } from "../../errors";
import { checkShape } from "./check-shape";
import type { Estimate, Given } from "./estimate";
import { estimateWork } from "./estimate-work";
import { exceeded } from "./exceeded";
import type { Limits } from "./limits";
import type { KnownWork } from "./read-work";
import { asksForSchema } from "./asks-for-schema";

/** Characters of texts whose documents are kept, at most; a parsed and planned document takes about 50 times as many bytes. */
const KEPT_CHARACTERS = 1_000_000;

/** Documents that are kept at most. */
const KEPT_DOCUMENTS = 2_000;

/** What is known of a text: a valid document within the limits, or which limit it exceeds, or that it is faulty in itself. */
export type Checked =
  | { readonly kind: "good"; readonly document: DocumentNode; readonly estimates: Map<string | null, (given: Given) => Estimate> }
  | { readonly kind: "refused"; readonly refusal: ExpectedError }
  | { readonly kind: "faulty" };

export interface CheckedDocumentsOptions {
  readonly schema: GraphQLSchema;
  readonly work: KnownWork;
  readonly limits: Limits;
  /** False if nobody may ask for the schema. Default true. */
  readonly introspection?: boolean;
}

/** What graphql-js says of a document with more tokens than it may read. */
const TOO_LONG = /^Syntax Error: Document contains more tha[nt] \d+ tokens\b/;

/** Asked for instead of what is refused, so that nobody reads that any further. */
const NOTHING = parse("{ __typename }");

const NO_SCHEMA = new ExpectedError(
  "INTROSPECTION_DISABLED",
  "The schema is not told here: `__schema` and `__type` are switched off. `__typename` is answered.",
);

const hashOf = (text: string): string => createHash("sha256").update(text).digest("hex");

/** Reads and checks each document once, and keeps those that were asked for last with all that is known of them. */
export class CheckedDocuments {
  private readonly kept = new LRUCache<string, Checked>({ max: KEPT_DOCUMENTS, maxSize: KEPT_CHARACTERS });

  constructor(private readonly options: CheckedDocumentsOptions) {}

  /** What is known of a text that was checked before and is kept. */
  recall(text: string): Checked | undefined {
    return this.kept.get(hashOf(text));
  }

  /** What is known of a text. `hash`: its SHA-256 in hexadecimal, if the caller knows it. */
  check(text: string, hash: string = hashOf(text)): Checked {
    let checked = this.kept.get(hash);
    if (!checked) {
      checked = this.read(text);
      this.kept.set(hash, checked, { size: text.length + 1 });
    }
    return checked;
  }

  /** What is known of the text of a hash; undefined if it is not known. */
  known(hash: string): Checked | undefined {
    return this.kept.get(hash);
  }

  /** The document of a hash, as it is to be executed: nothing, where it is refused; undefined if it is faulty or unknown. */
  documentOf(hash: string): DocumentNode | undefined {
    const checked = this.kept.get(hash);
    if (checked?.kind === "refused") return NOTHING;
    return checked?.kind === "good" ? checked.document : undefined;
  }

  /** What an operation of a good document asks for. Throws TOO_MANY if that is more than it may, null if there is no such operation. */
  estimate({ document, estimates }: Checked & { kind: "good" }, operationName: string | null, variables: Given): Estimate | null {
    const { schema, work, limits } = this.options;
    let estimate = estimates.get(operationName);
    if (!estimate) {
      const operation = getOperationAST(document, operationName);
      // Names that a document does not have are not remembered: there are many of these.
      if (!operation) return null;
      estimates.set(operationName, (estimate = estimateWork(schema, work, document, operation)));
    }
    const found = estimate(variables);
    if (!(found.cost <= limits.nodes)) throw exceeded("nodes", limits.nodes, Math.ceil(found.cost));
    // Where variables give a list half an entry, which is refused later: what is used up and told are whole numbers.
    return { nodes: Math.ceil(found.nodes), cost: Math.ceil(found.cost) };
  }

  private read(text: string): Checked {
    const { schema, limits, introspection = true } = this.options;
    let document: DocumentNode;
    try {
      document = parse(text, { maxTokens: limits.tokens });
    } catch (error) {
      const isTooLong = TOO_LONG.test((error as Error).message);
      return isTooLong ? { kind: "refused", refusal: exceeded("tokens", limits.tokens, null) } : { kind: "faulty" };
    }
    const refusal = checkShape(document, limits);
    if (refusal) return { kind: "refused", refusal };
    if (!introspection && asksForSchema(document)) return { kind: "refused", refusal: NO_SCHEMA };
    if (validate(schema, document, undefined, { maxErrors: 1 }).length > 0) return { kind: "faulty" };
    return { kind: "good", document, estimates: new Map() };
  }
}
