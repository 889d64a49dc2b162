import { type ExecutionArgs, getOperationAST, GraphQLError, type GraphQLSchema, parse, validate } from "graphql";

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

/** Reads a document and checks it as those of queries are checked. Gives what is wrong with it, or that it is no subscription. */
export function readSubscription(schema: GraphQLSchema, { query, variables, operationName }: Asked): ExecutionArgs | GraphQLError[] {
  let document: ExecutionArgs["document"];
  try {
    document = parse(query);
  } catch (error) {
    return [coded("GRAPHQL_PARSE_FAILED", error as GraphQLError)];
  }
  const faults = validate(schema, document);
  if (faults.length > 0) return faults.map((fault) => coded("GRAPHQL_VALIDATION_FAILED", fault));
  const operation = getOperationAST(document, operationName);
  if (!operation) return refused("OPERATION_RESOLUTION_FAILURE", "operationName must name an operation of the document.");
  if (operation.operation !== "subscription")
    return refused("BAD_USER_INPUT", "Only subscriptions are answered here. Send queries and mutations as JSON, by POST.");
  return { schema, document, variableValues: variables, operationName };
}
