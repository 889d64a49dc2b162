import { askHttp } from "../../support/ask-http";
import type { Json } from "../../support/json";
import { type Federated, openFederated } from "../../support/open-federated";
import { seed } from "../../support/seed";

let open: Federated;
beforeAll(async () => {
  open = await openFederated(
    async (dataSource) =>
      void (await seed(dataSource).domain("vision").tree("root\n  leaf").model("alexnet").score("alexnet", "leaf", 0.5).write()),
    { environment: { SCORETREE_MAX_DEPTH: "4", SCORETREE_MAX_NODES: "50", SCORETREE_RATE_BY_ADDRESS: "100" } },
  );
});
afterAll(() => open?.close());

const ask = async (query: string) => {
  const headers = { accept: "application/graphql-response+json" };
  const { status, headers: told, body } = await askHttp(open.gateway.url, { path: "/graphql", headers, body: { query } });
  return { status, told, ...(JSON.parse(body) as { data?: Json; errors?: Json[] }) };
};

test("the gateway holds operations to its limits, counts for its askers, and says what is left", async () => {
  expect(await ask("{ domains { roots { descendants { id } } } }")).toMatchObject({
    status: 400,
    errors: [{ extensions: { limit: "nodes", most: 50 } }],
  });
  const deep = '{ domain(slug: "vision") { roots { parent { parent { id } } } } }';
  expect(await ask(deep)).toMatchObject({ status: 400, errors: [{ extensions: { code: "TOO_MANY", limit: "depth", most: 4, got: 5 } }] });
  const { data, errors, told } = await ask(`{ rateLimit { limit cost remaining nodeCount } domain(slug: "vision") { slug } }`);
  expect(errors).toBeUndefined();
  // Two that were refused cost 10 beside what any request costs.
  expect(data).toEqual({ rateLimit: { limit: 100, cost: 2, remaining: 100 - 11 - 11 - 2, nodeCount: 2 }, domain: { slug: "vision" } });
  expect(told.ratelimit).toMatch(/^"address";r=76;t=\d+$/);
  // On a slow machine a new minute may begin on the way.
  let refused = await ask("{ domains { slug } }");
  for (let tries = 0; refused.status === 200 && tries < 100; tries++)
    refused = await ask(`{ models(domain: "vision", first: 18) { nodes { name } } }`);
  expect(refused).toMatchObject({ status: 429, told: { "retry-after": expect.any(String) } });
});
