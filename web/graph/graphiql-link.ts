/** Where GraphiQL opens with a query and its variables. They stand behind the #, so they are sent to nobody. */
export function graphiqlLink(query: string, variables: Readonly<Record<string, unknown>>): string {
  return `/graphiql#${new URLSearchParams({ query, variables: JSON.stringify(variables, null, 2) }).toString()}`;
}
