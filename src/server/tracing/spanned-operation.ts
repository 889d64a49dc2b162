import { type DocumentNode, getOperationAST } from "graphql";
import { spanned } from "./spanned";

/** The execution of an operation, in a span that is called like it: `query Cards`. */
export function spannedOperation<T>(document: DocumentNode, operationName: string | null | undefined, execute: () => T): T {
  const operation = () => getOperationAST(document, operationName)!;
  return spanned(
    () => [operation().operation, operation().name?.value].filter(Boolean).join(" "),
    () => ({ "graphql.operation.type": operation().operation, "graphql.operation.name": operation().name?.value }),
    execute,
  );
}
