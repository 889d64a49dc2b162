import { ExpectedError } from "../errors";
import type { Writer } from "../federation/execution/writer";
import type { Question } from "./answers/read-question";
import { isOfRequest } from "./name-revision";
import type { RequestContext } from "./request-context";
import { spannedOperation } from "./tracing/spanned-operation";

/**
 * The answer to a query that can be planned and is answered without an error: checked, admitted, executed and written with nothing in
 * between. Null for all else, which Apollo answers, with what was found out here: a document is not checked again, nor an
 * operation admitted or refused twice.
 */
export async function answerPlanned(
  write: Writer,
  { text, hash, operationName, variables }: Question,
  context: RequestContext,
): Promise<string | null> {
  const { work, progress } = context;
  const { documents } = work!.gate;
  const checked = text === null ? documents.known(hash) : documents.check(text, hash);
  if (checked?.kind !== "good") return null;
  work!.checked = checked;
  try {
    await work!.begin(operationName, variables);
  } catch (error) {
    if (error instanceof ExpectedError) return null;
    throw error;
  }
  const execution = { document: checked.document, operationName, variableValues: variables ?? undefined, contextValue: context };
  const data = await work!.within(
    spannedOperation(checked.document, operationName, () => write(execution)),
    () => null,
  );
  if (data === null) {
    progress.isUnplanned = true;
    return null;
  }
  progress.isWhole = !isOfRequest(checked.document);
  return `{"data":${data},"extensions":{"revision":"${context.view.revision}"}}\n`;
}
