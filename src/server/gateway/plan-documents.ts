import { type DocumentNode, parse } from "graphql";
import { LRUCache } from "lru-cache";

const documents = new LRUCache<string, DocumentNode>({ max: 5_000 });

/** The document of a request of a plan, read once. */
export function documentOf(text: string): DocumentNode {
  const document = documents.get(text) ?? parse(text, { noLocation: true });
  documents.set(text, document);
  return document;
}
