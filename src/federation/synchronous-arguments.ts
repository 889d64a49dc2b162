import { createRequire } from "node:module";
import path from "node:path";
import { invariant } from "../errors";

/**
 * Makes resolvers that take arguments synchronous.
 *
 * type-graphql passes every argument through `validateArg`, an async function even where `validate: false` says that nothing is to be
 * validated. So each resolver with an argument would return a promise, and a card of 300 cells would wait 300 times. Nothing here
 * uses class-validator: arguments are checked by their GraphQL types and by the functions that take them. This is the one place that
 * reaches into type-graphql; its exact version is pinned, and a test shows that a field with an argument answers at once.
 */
export function makeArgumentsSynchronous(): void {
  const require = createRequire(__filename);
  const folder = path.dirname(require.resolve("type-graphql"));
  const validation = require(path.join(folder, "resolvers/validate-arg.js")) as { validateArg?: (value: unknown) => unknown };
  invariant(typeof validation.validateArg === "function", "type-graphql has no validateArg where it was.");
  validation.validateArg = (value) => value;
}
