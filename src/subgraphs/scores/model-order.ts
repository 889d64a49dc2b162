import { Field, InputType, registerEnumType } from "type-graphql";
import type { DomainBoard } from "../../board/domain-board";
import { compareCodePoints } from "../../scoring/compare-code-points";
import type { Key } from "../../federation/cursor";

export enum ModelOrderField {
  NAME = "NAME",
  SUBMITTED_AT = "SUBMITTED_AT",
  PARAMETER_COUNT = "PARAMETER_COUNT",
}

export enum OrderDirection {
  ASC = "ASC",
  DESC = "DESC",
}

registerEnumType(ModelOrderField, {
  name: "ModelOrderField",
  description: "What a list of models is ordered by. Equal ones go by name.",
  valuesConfig: {
    NAME: { description: "The name, by code point." },
    SUBMITTED_AT: { description: "When it was submitted; unknown ones come last." },
    PARAMETER_COUNT: { description: "The number of parameters; unknown ones come last." },
  },
});

registerEnumType(OrderDirection, {
  name: "OrderDirection",
  description: "Which way a list runs.",
  valuesConfig: {
    ASC: { description: "Lowest, oldest or first name first." },
    DESC: { description: "Highest, newest or last name first." },
  },
});

@InputType({ description: "How a list of models is ordered." })
export class ModelOrder {
  @Field(() => ModelOrderField, { description: "By what." })
  by!: ModelOrderField;

  @Field(() => OrderDirection, { defaultValue: OrderDirection.ASC, description: "Which way." })
  direction!: OrderDirection;
}

/** A model's place in an ordered list: the value that orders, then name and id. */
export const orderKey = ({ models }: DomainBoard, slot: number, { by }: ModelOrder): Key => {
  const { name, id, submittedAt, parameterCount } = models[slot];
  const value = { NAME: null, SUBMITTED_AT: submittedAt, PARAMETER_COUNT: parameterCount }[by];
  return [value, name, id];
};

/** Compares two places of one ordered list. Unknown values come last whichever way it runs; equal ones go by name upwards. */
export function compareOrderKeys([a, nameA, idA]: Key, [b, nameB, idB]: Key, { by, direction }: ModelOrder): number {
  const sign = direction === OrderDirection.ASC ? 1 : -1;
  const byName =
    (compareCodePoints(String(nameA), String(nameB)) || compareCodePoints(String(idA), String(idB))) *
    (by === ModelOrderField.NAME ? sign : 1);
  if (a === null || b === null) return Number(a === null) - Number(b === null) || byName;
  return (Number(a) - Number(b)) * sign || byName;
}
