import type { DocumentNode } from "@0no-co/graphql.web";
import { graphiqlLink } from "../graph/graphiql-link";
import { printQuery } from "../graph/print-query";
import { CopyButton } from "./copy-button";

export interface QueryBehindProps {
  readonly query: DocumentNode;
  readonly variables: Readonly<Record<string, unknown>>;
}

/** The query that a page is made of: to read, to copy, to go on with in GraphiQL. */
export function QueryBehind({ query, variables }: QueryBehindProps) {
  const text = printQuery(query);
  return (
    <details className="behind">
      <summary>The query behind this page</summary>
      <p className="ways">
        <a className="button small" href={graphiqlLink(text, variables)}>
          Open in GraphiQL
        </a>
        <CopyButton text={text} />
      </p>
      <pre tabIndex={0} aria-label="GraphQL query">
        <code>{text}</code>
      </pre>
    </details>
  );
}
