import { type DocumentNode, print } from "@0no-co/graphql.web";

/** A document as text to read and change. */
export const printQuery = (query: DocumentNode): string => print(query);
