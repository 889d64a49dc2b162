import { type ExecutionResult, getOperationAST, getVariableValues, GraphQLError } from "graphql";
import { spannedOperation } from "../tracing/spanned-operation";
import { WrittenData } from "../written-data";
import { completeAnswer } from "./complete-answer";
import type { Graph, Operation } from "./graph";

/**
 * Answers a query or a mutation that was found valid. An answer whose revision is kept no longer before all of it was read is asked for once
 * more, of the newest one; a mutation is not. The data of an answer without an error are `WrittenData`.
 */
export const answerOperation = (graph: Graph, operation: Operation): Promise<ExecutionResult> =>
  spannedOperation(operation.document, operation.operationName, () => answer(graph, operation));

async function answer(graph: Graph, operation: Operation): Promise<ExecutionResult> {
  const { document, operationName, variables, context } = operation;
  const node = getOperationAST(document, operationName);
  if (!node) {
    const words =
      operationName == null
        ? "Must provide operation name if query contains multiple operations."
        : `Unknown operation named ${JSON.stringify(operationName)}.`;
    return { errors: [new GraphQLError(words, { extensions: { code: "OPERATION_RESOLUTION_FAILURE" } })] };
  }
  const { coerced, errors } = getVariableValues(graph.schema, node.variableDefinitions ?? [], variables ?? {});
  if (!coerced) return { errors };
  const wanted = context.pinned.exact;
  let gathered = (await graph.gather(operation)) as ExecutionResult;
  if (context.pinned.isExpired && wanted === null && node.operation === "query") {
    context.pinned.forget();
    gathered = (await graph.gather(operation)) as ExecutionResult;
  }
  if (node.operation === "query" && !gathered.errors?.length && gathered.data) {
    const json = await graph.write({ document, operationName, variableValues: variables, rootValue: gathered.data });
    if (json !== null) return { data: new WrittenData(json) as never };
  }
  return completeAnswer({ schema: graph.schema, document, operationName, variableValues: variables }, gathered);
}
