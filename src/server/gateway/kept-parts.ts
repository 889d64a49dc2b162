import { LRUCache } from "lru-cache";
import type { Thing } from "./representations";

/** Bytes of all parts that are kept, at most, about. */
const KEPT_BYTES = 64 * 1024 * 1024;

/** Bytes of a part that is kept, at most, about. What is larger is of one thing, such as all scores of a model, and shared by few answers. */
const MOST_BYTES = 16 * 1024;

/** Ways of asking that are known, at most: characters of their texts. */
const KEPT_CHARACTERS = 2_000_000;

/** A way of asking a subgraph about entities. */
export interface Way {
  readonly subgraph: string;
  /** The text of the request's document, and the name that the entities have in its answer. */
  readonly operation: string;
  readonly alias: string;
  /** What else the request's variables say. */
  readonly variables: Thing;
}

/** Parts of one way of asking at one revision, each by the text of the representation that it answers. */
export interface PartsOfWay {
  find(representation: string): Thing | undefined;
  /** Freezes a part and keeps it, unless it is too large. `revision`: what its answer named. */
  keep(representation: string, part: Thing, revision: string | null): void;
}

/** The bytes that a JSON value takes, about; counted no further than `most`. */
function bytesOf(value: unknown, most: number): number {
  if (typeof value === "string") return 24 + value.length;
  if (typeof value !== "object" || value === null) return 8;
  let bytes = 48;
  for (const key in value) if (bytes <= most) bytes += 16 + bytesOf((value as Thing)[key], most - bytes);
  return bytes;
}

function freeze(value: unknown): void {
  if (typeof value !== "object" || value === null) return;
  Object.freeze(value);
  for (const key in value) freeze((value as Thing)[key]);
}

/** True if a revision is newer than another, each as answers name it. */
export const isNewer = (one: string, other: string): boolean => one.length > other.length || (one.length === other.length && one > other);

/**
 * What subgraphs answered anonymous queries about entities: one public revision, one way of asking, one entity, one answer (§9, §10). All are
 * of the newest public revision that any answer named; none is left when the next one comes. So what many answers share, such as the texts
 * of a domain's benchmarks, is fetched once a revision. What is kept is frozen, and shared by the operations that use it.
 */
export class KeptParts {
  private revision = "";
  private count = 0;
  /** Numbers of ways. A way that is forgotten gets a new one. */
  private readonly ways = new LRUCache<string, number>({
    maxSize: KEPT_CHARACTERS,
    maxEntrySize: KEPT_CHARACTERS / 50,
    sizeCalculation: (_, key) => key.length,
  });
  private readonly most: number;
  private readonly parts: LRUCache<string, { part: Thing; bytes: number }>;

  /** `bytes`: of all that is kept, at most, about. Default 64 MB. */
  constructor(bytes = KEPT_BYTES) {
    this.most = Math.min(bytes, MOST_BYTES);
    this.parts = new LRUCache({
      maxSize: bytes,
      sizeCalculation: (kept, key) => kept.bytes + 2 * key.length + 200,
    });
  }

  /** Null if nothing is kept at this revision, because it is not the newest, or of this way of asking, because it is too long. */
  of(revision: string | null, { subgraph, operation, alias, variables }: Way): PartsOfWay | null {
    if (revision === null) return null;
    if (isNewer(revision, this.revision)) {
      this.parts.clear();
      this.revision = revision;
    }
    if (revision !== this.revision) return null;
    const text = `${subgraph} ${alias} ${JSON.stringify(variables)} ${operation}`;
    const way = this.ways.get(text) ?? this.count++;
    this.ways.set(text, way);
    if (!this.ways.has(text)) return null;
    const { parts } = this;
    return {
      find: (representation) => (this.revision === revision ? parts.get(`${way} ${representation}`)?.part : undefined),
      keep: (representation, part, of) => {
        if (of !== revision || this.revision !== revision) return;
        const bytes = bytesOf(part, this.most);
        if (bytes > this.most) return;
        freeze(part);
        parts.set(`${way} ${representation}`, { part, bytes });
      },
    };
  }

  /** How many bytes are kept, about. */
  get bytes(): number {
    return this.parts.calculatedSize;
  }
}
