import type { GraphQLObjectType } from "graphql";
import type { FieldPlan, ObjectPlan } from "./plan";
import { writeParts } from "./write-value";

/** Texts of one object that are kept, at most: one for each set of fields that is asked of it. */
const TEXTS_AT_MOST = 16;

/** After so many objects that may change, no more is looked for one that may not. */
const PATIENCE = 50;

/** What was written of objects that never change, by what was asked of them. Of one schema. */
export type PlainTexts = WeakMap<object, Map<string, string>>;

/** A field whose value is a property that is a leaf; null for the name of the type. */
export interface PlainField extends FieldPlan {
  readonly property: string | null;
}

/** A field whose resolver lasts: see `Lasting`. */
export interface LastingField extends FieldPlan {
  readonly lasts: true;
}

type Field = FieldPlan | PlainField | LastingField;

const isPlain = (field: Field): field is PlainField => "property" in field;
const lasts = (field: Field): field is LastingField => "lasts" in field;

const isObject = (value: unknown): value is object => typeof value === "object" && value !== null;

/** True if the property is held by the object itself and cannot change once the object is frozen. */
function isHeld(object: object, property: string | null): boolean {
  if (property === null) return true;
  const held = Object.getOwnPropertyDescriptor(object, property);
  return (
    held !== undefined && "value" in held && (typeof held.value !== "object" || held.value === null) && typeof held.value !== "function"
  );
}

const isFixed = (source: object, fields: readonly PlainField[]): boolean =>
  Object.isFrozen(source) && fields.every(({ property }) => isHeld(source, property));

function keep(texts: PlainTexts, source: object, named: string, text: string): void {
  let known = texts.get(source);
  if (!known) texts.set(source, (known = new Map()));
  if (known.size >= TEXTS_AT_MOST) known.clear();
  // V8 has a text that was put together as a tree of its parts, which each answer would be gathered from again. Asked for a character, it
  // puts the whole in one place.
  text.charCodeAt(0);
  known.set(named, text);
}

/** Several fields as one. */
const together = (write: FieldPlan["write"]): FieldPlan => ({ before: "", isNullable: false, read: (_run, source) => source, write });

/**
 * Several plain fields as one, which is written once of an object that is frozen: what a thousand cards tell of a benchmark is the same text.
 * `named`: tells them from any other fields, of any type.
 */
function writePlain(fields: readonly PlainField[], named: string, texts: PlainTexts): FieldPlan {
  let patience = PATIENCE;
  return together((run, source) => {
    if (patience === 0 || !isObject(source)) return writeParts(run, fields, source);
    const known = texts.get(source)?.get(named);
    if (known !== undefined) return known;
    const text = writeParts(run, fields, source);
    if (isFixed(source, fields)) keep(texts, source, named, text);
    else if (!Object.isFrozen(source)) patience--;
    return text;
  });
}

let lastingMade = 0;

/** The same with fields whose resolvers last, and all that is asked below these: written once a board, if nothing else turns out to be asked there. */
function writeLasting(fields: readonly (PlainField | LastingField)[]): FieldPlan {
  const plain = fields.filter(isPlain);
  const named = String(++lastingMade);
  return together((run, source) => {
    const texts = run.lastingTexts;
    if (!texts || !isObject(source)) return writeParts(run, fields, source);
    const known = texts.get(source)?.get(named);
    if (known !== undefined) return known;
    const { isLasting, places } = run;
    run.isLasting = true;
    const text = writeParts(run, fields, source);
    const isKept = run.isLasting && run.places === places && isFixed(source, plain);
    if (isKept) keep(texts, source, named, text);
    run.isLasting &&= isLasting;
    return text;
  });
}

/** The same fields, with those that stand side by side and can be kept together taken as one. */
export function joinPlain(type: GraphQLObjectType, fields: readonly Field[], texts: PlainTexts): ObjectPlan {
  const joined: FieldPlan[] = [];
  let side: (PlainField | LastingField)[] = [];
  const end = () => {
    const plain = side.filter(isPlain);
    const named = () => [type.name, ...plain.map(({ before, property }) => before + (property ?? ""))].join(" ");
    if (side.some(lasts)) joined.push(writeLasting(side));
    else joined.push(...(plain.length > 1 ? [writePlain(plain, named(), texts)] : plain));
    side = [];
  };
  for (const field of fields) {
    if (isPlain(field) || lasts(field)) side.push(field);
    else {
      end();
      joined.push(field);
    }
  }
  end();
  return joined;
}
