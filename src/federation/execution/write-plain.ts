import type { GraphQLObjectType } from "graphql";
import type { FieldPlan, ObjectPlan } from "./plan";
import type { Run } from "./run";
import { writeParts } from "./write-value";

/** Texts of one object that are kept, at most: one for each set of fields that is asked of it. */
const TEXTS_AT_MOST = 16;

/** After so many objects that may change, no more is looked for one that may not. */
const PATIENCE = 50;

/** What was written of objects that never change, by what was asked of them. Of one schema. */
export type PlainTexts = WeakMap<object, Map<string, string>>;

/** A field whose value is a property that is a leaf. */
export interface PlainField extends FieldPlan {
  readonly property: string;
}

/** True if the property is held by the object itself and cannot change. */
function isFixed(object: object, property: string): boolean {
  const held = Object.getOwnPropertyDescriptor(object, property);
  return (
    held !== undefined && "value" in held && (typeof held.value !== "object" || held.value === null) && typeof held.value !== "function"
  );
}

/**
 * Several plain fields as one, which is written once of an object that is frozen: what a thousand cards tell of a benchmark is the same text.
 * `named`: tells them from any other fields, of any type.
 */
function writePlain(fields: readonly PlainField[], named: string, texts: PlainTexts): FieldPlan {
  let patience = PATIENCE;
  function keep(source: object, text: string): string {
    if (!Object.isFrozen(source)) patience--;
    else if (fields.every(({ property }) => isFixed(source, property))) {
      let known = texts.get(source);
      if (!known) texts.set(source, (known = new Map()));
      if (known.size >= TEXTS_AT_MOST) known.clear();
      known.set(named, text);
    }
    return text;
  }
  return {
    before: "",
    isNullable: false,
    read: (_run, source) => source,
    write(run: Run, source) {
      if (patience === 0 || typeof source !== "object" || source === null) return writeParts(run, fields, source);
      return texts.get(source)?.get(named) ?? keep(source, writeParts(run, fields, source));
    },
  };
}

/** The same fields, with plain ones that stand side by side taken as one. */
export function joinPlain(type: GraphQLObjectType, fields: readonly (FieldPlan | PlainField)[], texts: PlainTexts): ObjectPlan {
  const joined: FieldPlan[] = [];
  let plain: PlainField[] = [];
  const end = () => {
    const named = () => [type.name, ...plain.map(({ before, property }) => before + property)].join(" ");
    joined.push(...(plain.length > 1 ? [writePlain(plain, named(), texts)] : plain));
    plain = [];
  };
  for (const field of fields) {
    if ("property" in field) plain.push(field);
    else {
      end();
      joined.push(field);
    }
  }
  end();
  return joined;
}
