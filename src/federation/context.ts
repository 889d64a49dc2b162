import DataLoader from "dataloader";
import type { View } from "../board/view";
import type { Viewer } from "../board/viewer";
import type { createDataSource } from "../database/data-source";

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
  /** Tells when the asker has gone, so that long computations can stop. Default: never. */
  readonly signal?: AbortSignal;
}

/** What resolvers know of the request that they answer: made anew for each, shared by all fields and subgraphs of it. */
export class Context {
  readonly view: View;
  readonly dataSource: Database;
  readonly baseUrl: string;
  readonly signal: AbortSignal | undefined;
  private readonly loaders = new Map<unknown, unknown>();

  constructor({ view, dataSource, baseUrl, signal }: ContextOptions) {
    this.view = view;
    this.dataSource = dataSource;
    this.baseUrl = baseUrl;
    this.signal = signal;
  }

  /** Who asks; null is anybody, without an account. */
  get viewer(): Viewer {
    return this.view.viewer;
  }

  /** The ledger's key for ids, 32 bytes: it signs cursors too. */
  get idKey(): Buffer {
    return this.view.catalog.ledger.idKey;
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
