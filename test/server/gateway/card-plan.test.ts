import { type PlanNode, QueryPlanner } from "@graphql-hive/router-query-planner";
import { readFileSync } from "node:fs";
import path from "node:path";

const ROOT = path.join(__dirname, "../../..");
const read = (name: string): string => readFileSync(path.join(ROOT, name), "utf8");

interface Request {
  readonly level: number;
  readonly subgraph: string;
  readonly places: readonly string[];
}

type Path = readonly ("@" | { Field: string } | { TypeCondition: string[] })[];

/** `model.scores[].benchmark` */
const placeOf = (steps: Path): string =>
  steps.reduce((place, step) => (step === "@" ? `${place}[]` : "Field" in step ? `${place}${place && "."}${step.Field}` : place), "");

/** The requests of a plan. What follows on another one is a level below it. */
function requestsOf(node: PlanNode, level = 1, at: Path = []): Request[] {
  switch (node.kind) {
    case "Sequence":
      return node.nodes.flatMap((each, index) => requestsOf(each, level + index, at));
    case "Parallel":
      return node.nodes.flatMap((each) => requestsOf(each, level, at));
    case "Flatten":
      return requestsOf(node.node, level, node.path);
    case "Fetch":
      return [{ level, subgraph: node.serviceName, places: [placeOf(at) || "the root"] }];
    case "BatchFetch":
      return [{ level, subgraph: node.serviceName, places: node.entityBatch.aliases.flatMap(({ paths }) => paths.map(placeOf)) }];
    default:
      throw new Error(`The plan has a step of an unknown kind: ${node.kind}`);
  }
}

describe("the plan of the model card", () => {
  const plan = new QueryPlanner(read("schema/supergraph.graphql")).plan(read("examples/model-card.graphql"), null, new Set(), 0);
  const requests = requestsOf(plan.node!);

  test("has at most one request to each subgraph for each level and place", () => {
    const keys = requests.flatMap(({ level, subgraph, places }) => places.map((place) => `${level} ${subgraph} ${place}`));
    expect(new Set(keys).size).toBe(keys.length);
  });

  test("stands in docs/architecture.md as it is", () => {
    const rows = requests.map(({ level, subgraph, places }) => [
      level,
      subgraph,
      [...places]
        .sort()
        .map((place) => `\`${place}\``)
        .join(", "),
    ]);
    const table = [...rows].sort((a, b) => Number(a[0]) - Number(b[0]) || (a[1] < b[1] ? -1 : 1));
    const inDocs = [...read("docs/architecture.md").matchAll(/^\| (\d) +\| (\w+) +\| (.*?) +\|$/gm)].map(([, level, subgraph, places]) => [
      Number(level),
      subgraph,
      places,
    ]);
    expect(inDocs).toEqual(table.map(([level, subgraph, places]) => [level, subgraph, places === "`the root`" ? "the root" : places]));
  });
});
