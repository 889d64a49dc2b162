import { getOperationAST } from "graphql";
import type { Viewer } from "../board/viewer";
import type { Question } from "./answers/read-question";
import type { OperationWork } from "./limits/operation-work";

/** What is known of a request when it has been answered: for the log and for metrics. */
export interface RequestNote {
  /** What it asks, and what limits know of that; absent if it asked for no operation that is answered at once. */
  asked?: { readonly question: Question | null; readonly work: OperationWork };
  viewer?: Viewer;
  /** The codes of the errors in its answer. */
  codes?: Set<string>;
}

const notes = new WeakMap<object, RequestNote>();

/** The note of a request; made when it is first asked for. */
export function noteOf(request: object): RequestNote {
  let note = notes.get(request);
  if (!note) notes.set(request, (note = {}));
  return note;
}

/** Notes the codes of errors that the answer to a request holds. */
export function noteCodes(request: object, errors: readonly { readonly extensions?: Readonly<Record<string, unknown>> }[]): void {
  if (errors.length === 0) return;
  const codes = (noteOf(request).codes ??= new Set());
  for (const { extensions } of errors) if (typeof extensions?.code === "string") codes.add(extensions.code);
}

/** The name of the operation that was asked for; null for one without a name, undefined if there is none that can be executed. */
export function operationName({ question, work }: Required<RequestNote>["asked"]): string | null | undefined {
  const checked = work.checked.kind === "good" || !question ? work.checked : work.gate.documents.known(question.hash);
  if (checked?.kind !== "good") return undefined;
  const operation = getOperationAST(checked.document, question?.operationName);
  return operation ? (operation.name?.value ?? null) : undefined;
}
