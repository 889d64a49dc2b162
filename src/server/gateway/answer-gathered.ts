import { getOperationAST } from "graphql";
import { ExpectedError } from "../../errors";
import type { Question } from "../answers/read-question";
import { isOfRequest } from "../name-revision";
import { WrittenData } from "../written-data";
import { answerOperation } from "./answer-operation";
import type { GatewayContext } from "./gateway-context";
import type { Graph } from "./graph";

/**
 * The answer to a query without an error: checked, admitted, gathered and written with nothing in between. Null for all else, which Apollo
 * answers, with what was found out here.
 */
export async function answerGathered(
  graph: Graph,
  { text, hash, operationName, variables }: Question,
  context: GatewayContext,
): Promise<string | null> {
  const work = context.work!;
  const { documents } = work.gate;
  const checked = text === null ? undefined : documents.check(text, hash);
  if (checked?.kind !== "good") return null;
  const { document } = checked;
  if (getOperationAST(document, operationName)?.operation !== "query") return null;
  work.checked = checked;
  try {
    await work.begin(operationName, variables);
  } catch (error) {
    if (error instanceof ExpectedError) return null;
    throw error;
  }
  const answered = await work.within(answerOperation(graph, { document, operationName, variables, context }), () => null);
  const { progress, pinned } = context;
  if (!(answered?.data instanceof WrittenData)) {
    progress.answered = answered;
    return null;
  }
  const { shown, exact } = pinned;
  progress.isWhole = shown !== null && exact !== null && !progress.isOfOthers && !isOfRequest(document);
  const extensions = shown === null ? "" : `,"extensions":${JSON.stringify({ revision: shown })}`;
  return `{"data":${answered.data.json}${extensions}}\n`;
}
