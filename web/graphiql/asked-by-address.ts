/** The query and variables that the address of the page names behind its #, as `#query=…&variables=…`; null if it names none. */
export function askedByAddress(): { query: string; variables?: string } | null {
  const named = new URLSearchParams(location.hash.slice(1));
  const query = named.get("query");
  return query === null ? null : { query, variables: named.get("variables") ?? undefined };
}
