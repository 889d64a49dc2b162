import type { BatchFetchNode, FetchNode, FlattenNode, PlanNode, QueryPlan } from "@graphql-hive/router-query-planner";
import { type DocumentNode, type ExecutionResult, GraphQLError, type GraphQLSchema } from "graphql";
import { fetchOrder } from "./fetch-order";
import type { PartsOfWay, Way } from "./kept-parts";
import { documentOf } from "./plan-documents";
import { type Asked, askedOf, Questions } from "./questions";
import type { SubgraphAnswer } from "./read-answer";
import { findThings, mergeInto, type Place, type Step, type Thing } from "./representations";

/** Sends one request of a plan. */
export type Ask = (
  subgraph: string,
  request: { readonly document: DocumentNode; readonly variables: Thing; readonly kind: "query" | "mutation" },
) => Promise<SubgraphAnswer>;

const moved = ({ message, extensions }: GraphQLError, path: Place): GraphQLError => new GraphQLError(message, { path, extensions });

/** Entities that one field of a request is asked for. */
interface Wanted {
  /** The field's name in the answer, and the variable with the representations. */
  readonly alias: string;
  readonly variable: string;
  readonly asked: readonly Asked[];
  readonly parts: PartsOfWay | null;
}

export interface PlanOptions {
  readonly schema: GraphQLSchema;
  readonly variables: Thing;
  readonly ask: Ask;
  /** The parts that are kept of a way of asking at the operation's revision; null if none may be. */
  readonly partsOf: (way: Way) => PartsOfWay | null;
}

/** Carries out a plan that `canCarryOut` finds good. What was gathered is not completed: it may hold more than was asked for. */
export async function carryOutPlan(plan: QueryPlan, { schema, variables, ask, partsOf }: PlanOptions): Promise<ExecutionResult> {
  const data: Thing = {};
  const errors: GraphQLError[] = [];
  const used = ({ variableUsages = [] }: FetchNode | BatchFetchNode): Thing =>
    Object.fromEntries(variableUsages.flatMap((name) => (Object.hasOwn(variables, name) ? [[name, variables[name]]] : [])));
  const requestOf = (fetch: FetchNode | BatchFetchNode, asked: Thing) => ({
    document: documentOf(fetch.operation),
    variables: { ...used(fetch), ...asked },
    kind: fetch.operationKind === "mutation" ? ("mutation" as const) : ("query" as const),
  });

  async function fetchRoot(fetch: FetchNode): Promise<void> {
    const answer = await ask(fetch.serviceName, requestOf(fetch, {}));
    errors.push(...answer.errors.map((error) => moved(error, error.path ?? [])));
    if (answer.data) mergeInto(data, answer.data);
  }

  /** Asks about entities whose parts are not kept, and puts all, and the errors below them, where they were asked for. */
  async function fetchWanted(fetch: FetchNode | BatchFetchNode, wanted: readonly Wanted[]): Promise<void> {
    const byVariable = new Map<string, Questions>();
    for (const { variable, asked } of wanted) {
      const questions = byVariable.get(variable) ?? new Questions();
      byVariable.set(variable, questions);
      questions.add(asked);
    }
    const given = Object.fromEntries([...byVariable].map(([name, { representations }]) => [name, representations]));
    const isAsking = Object.values(given).some(({ length }) => length > 0);
    const answer = isAsking ? await ask(fetch.serviceName, requestOf(fetch, given)) : null;
    for (const { alias, variable, asked, parts } of wanted) {
      const entities = answer?.data?.[alias] as readonly (Thing | null)[] | null | undefined;
      const broken = answer?.errors.filter(({ path }) => path?.[0] === alias) ?? [];
      const questions = byVariable.get(variable)!;
      for (const each of asked) {
        const { thing, place, text, kept } = each;
        if (kept) {
          mergeInto(thing, kept);
          continue;
        }
        const index = questions.indexOf(each)!;
        const entity = entities?.[index];
        if (entity && answer!.errors.length === 0) parts?.keep(text, entity, answer!.revision);
        if (entity) mergeInto(thing, entity);
        for (const error of broken) if (error.path![1] === index) errors.push(moved(error, [...place, ...error.path!.slice(2)]));
      }
    }
  }

  const wayOf = (fetch: FetchNode | BatchFetchNode, alias: string): Way => ({
    ...{ subgraph: fetch.serviceName, operation: fetch.operation, alias, variables: used(fetch) },
  });

  function fetchEntities({ path, node: fetch }: FlattenNode & { node: FetchNode }): Promise<void> {
    const parts = partsOf(wayOf(fetch, "_entities"));
    const asked = askedOf(schema, fetch.requires!, findThings(schema, data, path as Step[]), parts);
    return fetchWanted(fetch, [{ alias: "_entities", variable: "representations", asked, parts }]);
  }

  function fetchBatch(batch: BatchFetchNode): Promise<void> {
    const wanted = batch.entityBatch.aliases.map(({ alias, paths, requires, representationsVariableName: variable }) => {
      const found = paths.flatMap((path) => findThings(schema, data, path as Step[]));
      const parts = partsOf(wayOf(batch, alias));
      return { alias, variable, asked: askedOf(schema, requires, found, parts), parts };
    });
    return fetchWanted(batch, wanted);
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
  const order = fetchOrder(plan);
  if (!order) await run(plan.node);
  else {
    const begun: Promise<void>[] = [];
    for (const { fetch, after } of order)
      begun.push(after.length === 0 ? run(fetch) : Promise.all(after.map((place) => begun[place])).then(() => run(fetch)));
    await Promise.all(begun);
  }
  return { data, errors };
}
