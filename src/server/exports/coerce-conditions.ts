import { coerceInputValue, getNamedType, type GraphQLInputObjectType, isEnumType } from "graphql";
import type { Conditions } from "../../subgraphs/scores/conditions";
import { badParameter } from "./bad-parameter";
import type { ConditionsInput } from "./read-conditions";

/** The parameter that a path into the input comes from: `among.parameterCount` of `among.parameterCount.min`. */
const parameterAt = (path: readonly (string | number)[]): string =>
  path[0] === "among" || path[0] === "only" ? path.slice(0, 2).join(".") : String(path[0]);

/** Conditions as resolvers get them, checked by the API's own type. Throws for the first value that is not of its type. */
export function coerceConditions(input: ConditionsInput, type: GraphQLInputObjectType): Conditions {
  return coerceInputValue(input, type, (path, value, { message }) => {
    const parameter = parameterAt(path);
    const field = getNamedType(type.getFields()[parameter]?.type);
    const choices = isEnumType(field) ? field.getValues().map(({ name }) => name) : null;
    throw badParameter(
      parameter,
      choices ? `one of ${choices.join(", ")}` : `what the API takes (${message.replace(/\.$/, "")})`,
      String(value),
    );
  }) as Conditions;
}
