import { type PlanNode, QueryPlanner } from "@graphql-hive/router-query-planner";
import { readFileSync } from "node:fs";
import path from "node:path";
import { type Fetch, fetchOrder } from "../../../src/server/gateway/fetch-order";

const read = (name: string): string => readFileSync(path.join(__dirname, "../../..", name), "utf8");
const planner = new QueryPlanner(read("schema/supergraph.graphql"));
const planOf = (query: string) => planner.plan(query, null, new Set(), 0);

const nameOf = (fetch: Fetch): string => {
  if (fetch.kind === "BatchFetch") return `${fetch.serviceName} of several`;
  if (fetch.kind === "Fetch") return fetch.serviceName;
  return `${fetch.node.serviceName} of ${fetch.path.flatMap((step) => (step !== "@" && "Field" in step ? [step.Field] : [])).join(".")}`;
};

const namedOrder = (plan: ReturnType<typeof planOf>) => {
  const order = fetchOrder(plan)!;
  return Object.fromEntries(order.map(({ fetch, after }) => [nameOf(fetch), after.map((place) => nameOf(order[place].fetch))]));
};

describe("the order of a plan's requests", () => {
  it("has each one of the model card behind those that it needs an answer of, and no other", () => {
    expect(namedOrder(planOf(read("examples/model-card.graphql")))).toEqual({
      models: [],
      "benchmarks of model.domain": ["models"],
      "scores of model": ["models"],
      "submissions of model.contributor": ["models"],
      "models of model": ["models", "benchmarks of model.domain"],
      "citations of several": ["models", "scores of model"],
      "benchmarks of model.scores.benchmark": ["models", "scores of model"],
    });
  });

  it("has those that need nothing of each other begin together", () => {
    const order = namedOrder(planOf(`{ domains { slug } models(domain: "vision") { nodes { name } } }`));
    expect(order).toEqual({ benchmarks: [], scores: [] });
  });

  const fetch = (serviceName: string, operation: string, more: object = {}): PlanNode => ({
    ...{ kind: "Fetch", serviceName, operationKind: "query", operation, ...more },
  });
  const of = (place: string, serviceName: string, wanted: string, needed: string): PlanNode => ({
    kind: "Flatten",
    path: place.split(".").map((Field) => ({ Field })),
    node: fetch(serviceName, `query($representations:[_Any!]!){_entities(representations:$representations){...on A{${wanted}}}}`, {
      requires: [{ kind: "InlineFragment", typeCondition: "A", selections: [{ kind: "Field", name: needed }] }],
    }),
  });

  it("sees what is answered under other names, and in fragments", () => {
    const root = fetch("one", `query { a: x { ...F } } fragment F on A { key: id }`);
    const plan = { kind: "QueryPlan" as const, node: { kind: "Sequence" as const, nodes: [root, of("a", "two", "more: y", "key"), of("a", "three", "z", "more"), of("a", "four", "w", "key")] } }; // prettier-ignore
    expect(fetchOrder(plan)!.map(({ after }) => after)).toEqual([[], [0], [0, 1], [0]]);
  });

  it("is that of the plan where there are conditions, or where something is written", () => {
    expect(fetchOrder(planOf(`query($with: Boolean!) { model(domain: "vision", name: "a") { name scores @include(if: $with) { value } } }`))).toBeNull(); // prettier-ignore
    expect(fetchOrder(planOf(`mutation { createRelease(input: { domain: "vision", name: "r" }) { release { name } } }`))).toBeNull();
    expect(fetchOrder({ kind: "QueryPlan" })).toBeNull();
  });
});
