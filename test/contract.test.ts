import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import {
  astFromValue,
  buildSchema,
  type GraphQLSchema,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
  print,
} from "graphql";
import { joinedSchema } from "./support/joined";

const CONTRACT = path.join(__dirname, "../../shared/design/api.graphql");

/** What the contract has and the API does not have yet: types, and fields, arguments and enum values by their path. */
const PENDING = new Set<string>([]);

/** Every element of a schema with its type, as "Type.field(argument): type". */
function elementsOf(schema: GraphQLSchema): Map<string, string> {
  const elements = new Map<string, string>();
  for (const type of Object.values(schema.getTypeMap())) {
    if (type.name.startsWith("__")) continue;
    elements.set(type.name, type.constructor.name);
    if (isEnumType(type)) for (const { name } of type.getValues()) elements.set(`${type.name}.${name}`, "value");
    if (isInputObjectType(type))
      for (const field of Object.values(type.getFields())) elements.set(`${type.name}.${field.name}`, String(field.type));
    if (!isObjectType(type) && !isInterfaceType(type)) continue;
    for (const field of Object.values(type.getFields())) {
      elements.set(`${type.name}.${field.name}`, String(field.type));
      for (const argument of field.args) {
        const literal = argument.defaultValue === undefined ? null : astFromValue(argument.defaultValue, argument.type);
        const standard = literal ? ` = ${print(literal)}` : "";
        elements.set(`${type.name}.${field.name}(${argument.name})`, `${argument.type}${standard}`);
      }
    }
  }
  return elements;
}

const withContract = existsSync(CONTRACT) ? describe : describe.skip;

withContract("the API, against its contract (skipped where ../shared is not there)", () => {
  const api = elementsOf(joinedSchema().schema);
  const contract = existsSync(CONTRACT) ? elementsOf(buildSchema(readFileSync(CONTRACT, "utf8"))) : new Map<string, string>();

  it("has every element of the contract that is not pending, with its type", () => {
    const missing = [...contract].filter(([element, type]) => !PENDING.has(element) && !isBelow(element) && api.get(element) !== type);
    expect(missing.map(([element, type]) => `${element}: ${type}, got ${api.get(element)}`)).toEqual([]);
  });

  it("has nothing that is said to be pending", () => {
    expect([...PENDING].filter((element) => api.has(element))).toEqual([]);
  });
});

/** True if the element belongs to one that is pending. */
const isBelow = (element: string): boolean => PENDING.has(element.split(/[.(]/)[0]) || PENDING.has(element.split("(")[0]);

describe("the API", () => {
  it("describes every type, field, argument and value", () => {
    const { schema } = joinedSchema();
    const silent: string[] = [];
    for (const type of Object.values(schema.getTypeMap())) {
      if (type.name.startsWith("__")) continue;
      const note = (element: string, { description }: { description?: string | null }) => description?.trim() || silent.push(element);
      note(type.name, type);
      if (isEnumType(type)) for (const value of type.getValues()) note(`${type.name}.${value.name}`, value);
      if (isObjectType(type) || isInterfaceType(type) || isInputObjectType(type))
        for (const field of Object.values(type.getFields())) {
          note(`${type.name}.${field.name}`, field);
          for (const argument of "args" in field ? field.args : []) note(`${type.name}.${field.name}(${argument.name})`, argument);
        }
    }
    expect(silent).toEqual([]);
  });
});
