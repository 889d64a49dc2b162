import DataLoader from "dataloader";
import type { Follower } from "../board/rounds";
import type { View } from "../board/view";
import type { Viewer } from "../board/viewer";
import type { createDataSource } from "../database/data-source";
import type { Fact } from "../database/fact";
import { findVisible, readVisible } from "../database/read-visible";
import type { Sight } from "../database/visible-facts";
import { invariant } from "../errors";
import type { RateLimitState } from "./rate-limit-state";

/** Where text and history are read from: a TypeORM data source. */
export type Database = Awaited<ReturnType<typeof createDataSource>>;

/** Fetches many keys at once: one value, null or Error a key, in the order of the keys. */
export type Batch<Key, Value> = (keys: readonly Key[], context: Context) => Promise<readonly (Value | Error)[]>;

export interface ContextOptions {
  /** The board that this request is answered from, as its viewer may see it. */
  readonly view: View;
  readonly dataSource: Database;
  /** What a relative path is made absolute with, without a slash at its end: `http://127.0.0.1:4000`. */
  readonly baseUrl: string;
  /** True if it asked for exactly this board, and so does not go on to a newer one by itself. Default false. */
  readonly isPinned?: boolean;
  /** Tells when the asker has gone, so that long computations can stop. Default: never. */
  readonly signal?: AbortSignal;
  /** The same viewer's view of a board that holds the fact of this revision: where a request goes on that wrote it. Default: it may not. */
  readonly viewAt?: (revision: number) => Promise<View>;
  /** What the asker may still ask for. Default: it cannot be told. */
  readonly rateLimit?: () => RateLimitState;
  /** Begins to follow the boards that come after this one: where a subscription's events are from. Default: nothing can be subscribed to. */
  readonly follow?: () => Follower;
}

/** What `Context.shared` gives, by the database and what made it. */
const sharedByDatabase = new WeakMap<Database, Map<() => unknown, unknown>>();

/** What resolvers know of the request that they answer: made anew for each, shared by all fields and subgraphs of it. */
export class Context {
  /** Resolvers have no use for it: they read through `read` and `find`, and write through `mutate` (§10). */
  private readonly dataSource: Database;
  readonly baseUrl: string;
  readonly signal: AbortSignal | undefined;
  /** True if this request is answered from exactly the board that it asked for, unless it writes. */
  readonly isPinned: boolean;
  /** In an object of its own, since Apollo executes with a shallow copy of the context. */
  private readonly pinned: { view: View; catchingUp?: Promise<boolean> };
  private readonly viewAt: ContextOptions["viewAt"];
  private readonly follows: ContextOptions["follow"];
  private readonly limited: ContextOptions["rateLimit"];
  private readonly loaders = new Map<unknown, unknown>();
  /** By revision. */
  private readonly earlier = new Map<number, Promise<View>>();

  constructor({ view, dataSource, baseUrl, isPinned = false, signal, viewAt, follow, rateLimit }: ContextOptions) {
    this.pinned = { view };
    this.dataSource = dataSource;
    this.baseUrl = baseUrl;
    this.signal = signal;
    this.isPinned = isPinned;
    this.viewAt = viewAt;
    this.follows = follow;
    this.limited = rateLimit;
  }

  /** What this request is answered from. It changes only when the request has written. */
  get view(): View {
    return this.pinned.view;
  }

  /** Who asks; null is anybody, without an account. */
  get viewer(): Viewer {
    return this.view.viewer;
  }

  /** The ledger's key for ids, 32 bytes: it signs cursors too. */
  get idKey(): Buffer {
    return this.view.catalog.ledger.idKey;
  }

  /** What the same viewer may see of the facts of an earlier revision, at which an append ended: one view for all fields of the request. */
  before(revision: number): Promise<View> {
    let view = this.earlier.get(revision);
    if (!view) this.earlier.set(revision, (view = this.view.before(this.dataSource, revision)));
    return view;
  }

  /** Goes on with a board that holds the fact of this revision, which this request has just written; what was loaded before is forgotten. */
  async reach(revision: number): Promise<void> {
    invariant(this.viewAt, "this request may not write.");
    this.pinned.view = await this.viewAt(revision);
    this.loaders.clear();
    this.earlier.clear();
  }

  /**
   * Goes on with the newest facts there are, once a request at most: what it was asked about may just have been written by another process.
   * False if there are none, or if it is pinned: then what it does not know is not there.
   */
  catchUp(): Promise<boolean> {
    return (this.pinned.catchingUp ??= this.reachNewest());
  }

  private async reachNewest(): Promise<boolean> {
    if (this.isPinned || !this.viewAt) return false;
    const [{ revision }] = (await this.dataSource.query(`SELECT last_revision AS "revision" FROM ledger`)) as { revision: number }[];
    if (revision <= this.view.catalog.ledger.revision) return false;
    await this.reach(revision);
    return true;
  }

  /**
   * The rows of an SQL SELECT in which every fact table holds what this viewer may see at this request's revision and nothing else, so that
   * a resolver cannot forget who asks (§10). `contributor` may be named like a table: see `selectVisible`. Rows are found by
   * index where columns are compared with parameters (`= ANY ($1)`), not where tables are joined. `revision`: an earlier one that
   * the facts are told as of, such as a release's.
   */
  read<T>(sql: string, parameters: readonly unknown[] = [], revision?: number): Promise<T[]> {
    return readVisible<T>(this.dataSource, this.sight(revision), sql, parameters);
  }

  /** The same as facts of one class. `rest`: what stands behind its table in SQL, such as `WHERE id = ANY ($1) ORDER BY pk`. */
  find<E extends Fact>(type: new () => E, rest: string, parameters: readonly unknown[] = [], revision?: number): Promise<E[]> {
    return findVisible(this.dataSource, this.sight(revision), type, rest, parameters);
  }

  private sight(revision?: number): Sight {
    const present = this.view.catalog.ledger.revision;
    return { asker: this.viewer, revision: revision ?? present, present };
  }

  /** What the asker may still ask for, and what this operation costs. */
  rateLimit(): RateLimitState {
    invariant(this.limited, "this request has no budget.");
    return this.limited();
  }

  /** Begins to follow the boards that come, for the events of the subscription that this request is. */
  follow(): Follower {
    invariant(this.follows, "only a subscription may follow what comes.");
    return this.follows();
  }

  /**
   * What all requests to one database share, such as what is kept of it: made when it is first asked for. Declare `make` once, at the top of
   * its file: it is what the shared thing is known by.
   */
  shared<T>(make: () => T): T {
    let made = sharedByDatabase.get(this.dataSource);
    if (!made) sharedByDatabase.set(this.dataSource, (made = new Map()));
    if (!made.has(make)) made.set(make, make());
    return made.get(make) as T;
  }

  /**
   * This request's loader for a batch function: keys asked for meanwhile go in one call, and each key is fetched once a request.
   * Declare the batch function once, at the top of its file: it is what the loader is known by. Keys that are objects need `keyOf`,
   * which says when two are the same.
   */
  loader<Key, Value, Same = Key>(batch: Batch<Key, Value>, keyOf?: (key: Key) => Same): DataLoader<Key, Value, Same> {
    let loader = this.loaders.get(batch) as DataLoader<Key, Value, Same> | undefined;
    if (!loader) {
      loader = new DataLoader((keys) => batch(keys, this), keyOf && { cacheKeyFn: keyOf });
      this.loaders.set(batch, loader);
    }
    return loader;
  }
}

/** All facts there are, whoever asks: for this room only, which a test of the architecture holds (§10). */
export const databaseOf = (context: Context): Database => context["dataSource"];
