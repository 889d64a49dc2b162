import type { BatchFetchNode, FetchNode, FlattenNode, PlanNode, QueryPlan, RequiresSelection } from "@graphql-hive/router-query-planner";
import { type DocumentNode, type ExecutionResult, GraphQLError, type GraphQLSchema, parse } from "graphql";
import { LRUCache } from "lru-cache";
import type { SubgraphAnswer } from "./read-answer";
import { type Found, findThings, mergeInto, type Place, representationOf, type Step, type Thing } from "./representations";

/** Sends one request of a plan. */
export type Ask = (
  subgraph: string,
  request: { readonly document: DocumentNode; readonly variables: Thing; readonly kind: "query" | "mutation" },
) => Promise<SubgraphAnswer>;

const documents = new LRUCache<string, DocumentNode>({ max: 5_000 });

function documentOf(text: string): DocumentNode {
  const document = documents.get(text) ?? parse(text, { noLocation: true });
  documents.set(text, document);
  return document;
}

const isPlain = (requires: readonly RequiresSelection[]): boolean =>
  requires.every((each) => {
    if (each.kind === "FragmentSpread") return false;
    if (each.kind === "Field") return each.alias === undefined && isPlain(each.selections ?? []);
    return each.skipIf === undefined && each.includeIf === undefined && isPlain(each.selections);
  });

/** True if a plan is of the kinds of steps that are carried out here: none that renames what is sent or answered, and no subscription. */
export function canCarryOut(node: PlanNode | undefined): boolean {
  switch (node?.kind) {
    case "Sequence":
    case "Parallel":
      return node.nodes.every(canCarryOut);
    case "Condition":
      return [node.ifClause, node.elseClause].every((each) => each === undefined || canCarryOut(each));
    case "Flatten":
      return node.node.kind === "Fetch" && node.node.requires !== undefined && canCarryOut(node.node);
    case "Fetch":
      return !node.inputRewrites?.length && !node.outputRewrites?.length && isPlain(node.requires ?? []);
    case "BatchFetch":
      return node.entityBatch.aliases.every(
        ({ inputRewrites, outputRewrites, requires }) => !inputRewrites?.length && !outputRewrites?.length && isPlain(requires),
      );
    default:
      return false;
  }
}

/** Objects that are asked about, each different one once. */
class Questions {
  readonly representations: Thing[] = [];
  private readonly indexes = new Map<string, number>();

  /** Adds objects; of each the index of its representation. Those without a whole key are left out. */
  add(schema: GraphQLSchema, requires: readonly RequiresSelection[], found: readonly Found[]): (Found & { index: number })[] {
    return found.flatMap((each) => {
      const representation = representationOf(schema, requires, each.thing);
      if (!representation) return [];
      const key = JSON.stringify(representation);
      const index = this.indexes.get(key) ?? this.representations.push(representation) - 1;
      this.indexes.set(key, index);
      return [{ ...each, index }];
    });
  }
}

const moved = ({ message, extensions }: GraphQLError, path: Place): GraphQLError => new GraphQLError(message, { path, extensions });

export interface PlanOptions {
  readonly schema: GraphQLSchema;
  readonly variables: Thing;
  readonly ask: Ask;
}

/** Carries out a plan that `canCarryOut` finds good. What was gathered is not completed: it may hold more than was asked for. */
export async function carryOutPlan({ node }: QueryPlan, { schema, variables, ask }: PlanOptions): Promise<ExecutionResult> {
  const data: Thing = {};
  const errors: GraphQLError[] = [];
  const used = (names: readonly string[] = []): Thing =>
    Object.fromEntries(names.flatMap((name) => (Object.hasOwn(variables, name) ? [[name, variables[name]]] : [])));
  const requestOf = ({ operation, operationKind, variableUsages }: FetchNode | BatchFetchNode, asked: Thing) => ({
    document: documentOf(operation),
    variables: { ...used(variableUsages), ...asked },
    kind: operationKind === "mutation" ? ("mutation" as const) : ("query" as const),
  });

  /** Puts the entities of an answer, and the errors below them, where they were asked for. */
  function distribute(answer: SubgraphAnswer, key: string, asked: readonly (Found & { index: number })[]): void {
    const entities = answer.data?.[key] as readonly (Thing | null)[] | null | undefined;
    const broken = answer.errors.filter(({ path }) => path?.[0] === key);
    for (const { thing, place, index } of asked) {
      const entity = entities?.[index];
      if (entity) mergeInto(thing, entity);
      for (const error of broken) if (error.path![1] === index) errors.push(moved(error, [...place, ...error.path!.slice(2)]));
    }
  }

  async function fetchRoot(fetch: FetchNode): Promise<void> {
    const answer = await ask(fetch.serviceName, requestOf(fetch, {}));
    errors.push(...answer.errors.map((error) => moved(error, error.path ?? [])));
    if (answer.data) mergeInto(data, answer.data);
  }

  async function fetchEntities({ path, node: fetch }: FlattenNode & { node: FetchNode }): Promise<void> {
    const questions = new Questions();
    const asked = questions.add(schema, fetch.requires!, findThings(schema, data, path as Step[]));
    if (asked.length === 0) return;
    const answer = await ask(fetch.serviceName, requestOf(fetch, { representations: questions.representations }));
    distribute(answer, "_entities", asked);
  }

  async function fetchBatch(batch: BatchFetchNode): Promise<void> {
    const byVariable = new Map<string, Questions>();
    const asked = batch.entityBatch.aliases.map(({ alias, paths, requires, representationsVariableName: name }) => {
      const questions = byVariable.get(name) ?? new Questions();
      byVariable.set(name, questions);
      const found = paths.flatMap((path) => findThings(schema, data, path as Step[]));
      return { alias, found: questions.add(schema, requires, found) };
    });
    if (asked.every(({ found }) => found.length === 0)) return;
    const given = Object.fromEntries([...byVariable].map(([name, { representations }]) => [name, representations]));
    const answer = await ask(batch.serviceName, requestOf(batch, given));
    for (const { alias, found } of asked) distribute(answer, alias, found);
  }

  async function run(step: PlanNode | undefined): Promise<void> {
    switch (step?.kind) {
      case "Sequence":
        for (const each of step.nodes) await run(each);
        return;
      case "Parallel":
        await Promise.all(step.nodes.map(run));
        return;
      case "Condition":
        return run(variables[step.condition] === true ? step.ifClause : step.elseClause);
      case "Flatten":
        return fetchEntities(step as FlattenNode & { node: FetchNode });
      case "BatchFetch":
        return fetchBatch(step);
      case "Fetch":
        return fetchRoot(step);
    }
  }
  await run(node);
  return { data, errors };
}
