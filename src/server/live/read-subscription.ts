import { type ExecutionArgs, getOperationAST, GraphQLError, parse, validate } from "graphql";
import { ExpectedError } from "../../errors";
import type { Budget } from "../limits/budgets";
import type { Gate } from "../limits/gate";

/** What a client asks, in the words of GraphQL over HTTP. */
export interface Asked {
  readonly query: string;
  readonly variables?: Readonly<Record<string, unknown>> | null;
  readonly operationName?: string | null;
}

/** The same error with a code, as Apollo gives it to queries. */
const coded = (code: string, { message, nodes, source, positions }: GraphQLError): GraphQLError =>
  new GraphQLError(message, { nodes, source, positions, extensions: { code } });

const refused = (code: string, message: string): GraphQLError[] => [new GraphQLError(message, { extensions: { code } })];

/** What is wrong with a document that is faulty in itself. */
function faultsOf({ schema, limits, introspection = true }: Gate["options"], query: string): GraphQLError[] {
  try {
    const document = parse(query, { maxTokens: limits.tokens });
    const faults = validate(schema, document, undefined, { hideSuggestions: !introspection });
    return faults.map((fault) => coded("GRAPHQL_VALIDATION_FAILED", fault));
  } catch (error) {
    return [coded("GRAPHQL_PARSE_FAILED", error as GraphQLError)];
  }
}

/**
 * Reads a document and checks it as those of queries are checked, limits included. Gives what is wrong with it, or that it is no
 * subscription. What it costs is taken from the budget.
 */
export function readSubscription(gate: Gate, { query, variables, operationName }: Asked, budget: Budget): ExecutionArgs | GraphQLError[] {
  const { schema, introspection = true } = gate.options;
  const checked = gate.documents.check(query);
  try {
    const estimate = gate.estimate({ checked, operationName, variables, budget });
    if (checked.kind !== "good") return faultsOf(gate.options, query);
    const operation = getOperationAST(checked.document, operationName);
    if (!operation || !estimate) return refused("OPERATION_RESOLUTION_FAILURE", "operationName must name an operation of the document.");
    if (operation.operation !== "subscription")
      return refused("BAD_USER_INPUT", "Only subscriptions are answered here. Send queries and mutations as JSON, by POST.");
    budget.take(estimate.cost);
  } catch (error) {
    if (error instanceof ExpectedError) return [new GraphQLError(error.message, { extensions: error.extensions })];
    throw error;
  }
  return { schema, document: checked.document, variableValues: variables, operationName, hideSuggestions: !introspection };
}
