import {
  getOperationAST,
  getVariableValues,
  Kind,
  OperationTypeNode,
  visit,
  type DocumentNode,
  type ExecutionArgs,
  type GraphQLSchema,
  type OperationDefinitionNode,
} from "graphql";
import { isPromise, type MaybePromise } from "../promised";
import type { ExecutionCounts } from "./counts";
import { zeroExecutionCounts } from "./counts";
import { LastingTexts } from "./lasting-texts";
import { type Plan, Unplanned } from "./plan";
import { type Fragments, planQuery } from "./planner";
import { Run } from "./run";
import type { PlainTexts } from "./write-plain";

/** What is executed: as graphql-js takes it, of a document that is valid. */
export type Execution = Pick<ExecutionArgs, "document" | "variableValues" | "contextValue" | "operationName" | "rootValue">;

/** Writes the data of an operation as JSON, at once where nothing in it is promised. Null where graphql-js must execute. */
export type Writer = (execution: Execution) => MaybePromise<string | null>;

export interface WriterOptions {
  /** Where it is counted what is executed by a plan, and why the rest is not. Default: nowhere that can be seen. */
  readonly counts?: ExecutionCounts;
  /** True if nothing is to be resolved: values were gathered before, each under the name that it has in the answer. Default false. */
  readonly isGathered?: boolean;
}

/** Plans are kept for so many settings of the variables that @skip and @include look at; with more of these, graphql-js executes. */
const SETTINGS = 16;
const SWITCHES = 6;

/** A query of a document that is kept. */
interface Prepared {
  readonly operation: OperationDefinitionNode;
  readonly fragments: Fragments;
  /** The variables that @skip and @include look at. */
  readonly switches: readonly string[];
  /** By setting. Null: graphql-js must execute. */
  readonly plans: Map<string, Plan | null>;
}

/** The variables that conditions of a document look at. */
function switchesOf(document: DocumentNode): string[] {
  const names = new Set<string>();
  visit(document, {
    [Kind.DIRECTIVE]: ({ name, arguments: given = [] }) => {
      if (name.value !== "skip" && name.value !== "include") return;
      for (const { value } of given) if (value.kind === Kind.VARIABLE) names.add(value.name.value);
    },
  });
  return [...names];
}

/** Null if plans are not for it. */
function prepare(document: DocumentNode, operationName: string | null | undefined): Prepared | null {
  const operation = getOperationAST(document, operationName);
  if (operation?.operation !== OperationTypeNode.QUERY) return null;
  const switches = switchesOf(document);
  if (switches.length > SWITCHES) return null;
  const fragments = Object.create(null) as Fragments;
  for (const definition of document.definitions)
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments[definition.name.value] = definition;
  return { operation, fragments, switches, plans: new Map() };
}

/**
 * Executes queries by plans that are made once a document, and kept with it: which fields an object of the answer has, who resolves them and
 * with which arguments is found out once and not for each cell, and what they give is written as JSON on the spot. Everything that depends
 * on the rules of GraphQL is left to graphql-js: fields are collected and variables and arguments coerced by it, and whatever is
 * not a query without an error is to be executed by it. So an answer that would hold an error is thrown away here, to be computed anew with
 * path and location. That wants resolvers of queries to be free of effects.
 */
export function createWriter(schema: GraphQLSchema, { counts = zeroExecutionCounts(), isGathered = false }: WriterOptions = {}): Writer {
  const texts: PlainTexts = new WeakMap();
  const lasting = new LastingTexts();
  const kept = new WeakMap<DocumentNode, Map<string | null, Prepared | null>>();

  function prepared({ document, operationName = null }: Execution): Prepared | null {
    let operations = kept.get(document);
    if (!operations) kept.set(document, (operations = new Map()));
    let found = operations.get(operationName);
    if (found === undefined) {
      found = prepare(document, operationName);
      // Names that a document does not have are not remembered: there are many of these.
      if (found) operations.set(operationName, found);
    }
    return found;
  }

  function planFor({ operation, fragments, switches, plans }: Prepared, variables: Record<string, unknown>): Plan | null {
    const setting = switches.map((name) => String(variables[name])).join();
    let plan = plans.get(setting);
    if (plan !== undefined) return plan;
    if (plans.size >= SETTINGS) plans.clear();
    counts.plansTotal++;
    try {
      plan = switches.every((name) => typeof variables[name] === "boolean")
        ? planQuery(schema, operation, fragments, variables, texts, isGathered)
        : null;
    } catch {
      // Of an argument that does not fit, or of what no plan serves: graphql-js says what is wrong, if anything is.
      plan = null;
    }
    plans.set(setting, plan);
    return plan;
  }

  return (execution) => {
    const leave = (count: "unplannedTotal" | "wrongVariablesTotal" | "failedTotal") => {
      counts[count]++;
      return null;
    };
    const query = prepared(execution);
    if (!query) return leave("unplannedTotal");
    const { coerced } = getVariableValues(schema, query.operation.variableDefinitions ?? [], execution.variableValues ?? {}, {
      maxErrors: 1,
    });
    if (!coerced) return leave("wrongVariablesTotal");
    const plan = planFor(query, coerced);
    if (!plan) return leave("unplannedTotal");
    const done = (text: string): string => {
      counts.plannedTotal++;
      return text;
    };
    const failed = (error: unknown) => leave(error instanceof Unplanned ? "unplannedTotal" : "failedTotal");
    const run = new Run(execution.contextValue, execution.rootValue, coerced, query.operation, lasting);
    try {
      const text = plan(run);
      return isPromise(text) ? text.then(done, failed) : done(text);
    } catch (error) {
      run.fail(error);
      return failed(error);
    }
  };
}
