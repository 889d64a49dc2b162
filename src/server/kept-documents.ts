import type { BaseContext, ApolloServerOptions } from "@apollo/server";
import type { DocumentNode } from "graphql";
import { LRUCache } from "lru-cache";

/** Characters of queries whose documents are kept, at most; a parsed and planned document takes about 50 times as many bytes. */
const KEPT_CHARACTERS = 1_000_000;

/** Documents that are kept at most. */
const KEPT_DOCUMENTS = 2_000;

type DocumentStore = Exclude<ApolloServerOptions<BaseContext>["documentStore"], null | undefined>;

/** Keeps the documents that were asked for last: parsed and valid, and with what is known of their execution. */
export function keptDocuments(): DocumentStore {
  const documents = new LRUCache<string, DocumentNode>({
    max: KEPT_DOCUMENTS,
    maxSize: KEPT_CHARACTERS,
    sizeCalculation: ({ loc }) => (loc?.source.body.length ?? 0) + 1,
  });
  return {
    get: async (hash) => documents.get(hash),
    set: async (hash, document) => void documents.set(hash, document),
    delete: async (hash) => documents.delete(hash),
  };
}
