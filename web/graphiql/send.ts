/** Sends a query to the server that this page came from, and gives back its answer. */
export async function send(request: object): Promise<object> {
  const response = await fetch("/graphql", {
    method: "POST",
    headers: { "content-type": "application/json", accept: "application/graphql-response+json, application/json" },
    body: JSON.stringify(request),
  });
  return (await response.json()) as object;
}
