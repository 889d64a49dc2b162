import { badParameter } from "./bad-parameter";
import { BENCHMARK_FIELDS, type FieldKind, MODEL_FIELDS } from "./filter-fields";

/** Conditions as the API takes them as JSON. */
export type ConditionsInput = Readonly<Record<string, unknown>>;

/** Names of all parameters that conditions have in an address. */
export const CONDITION_PARAMETERS: readonly string[] = [
  ...["asOf", "release", "missing", "weights"],
  ...Object.keys(MODEL_FIELDS).map((name) => `among.${name}`),
  ...Object.keys(BENCHMARK_FIELDS).map((name) => `only.${name}`),
];

const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

/** The only value of a parameter; undefined if it is not there. Throws if it is there twice. */
export function readOnly(search: URLSearchParams, name: string): string | undefined {
  const values = search.getAll(name);
  if (values.length > 1) throw badParameter(name, "one value", values.join(" and "));
  return values[0];
}

function readRange(name: string, text: string, isOfNumbers: boolean): Readonly<Record<string, unknown>> {
  const ends = text.split("..");
  const isRange =
    ends.length === 2 && ends.some((end) => end !== "") && ends.every((end) => end === "" || !isOfNumbers || NUMBER.test(end));
  if (!isRange)
    throw badParameter(name, `${isOfNumbers ? "a range of numbers" : "a range of instants"} as from..to, either end open`, text);
  const [from, to] = ends.map((end) => (end === "" ? undefined : isOfNumbers ? Number(end) : end));
  return isOfNumbers ? { min: from, max: to } : { from, to };
}

function readField(search: URLSearchParams, name: string, kind: FieldKind): unknown {
  if (kind === "texts") return search.getAll(name);
  const text = readOnly(search, name)!;
  if (kind === "text") return text;
  if (kind !== "boolean") return readRange(name, text, kind === "range");
  if (text !== "true" && text !== "false") throw badParameter(name, "true or false", text);
  return text === "true";
}

function readFilter(search: URLSearchParams, prefix: string, fields: Readonly<Record<string, FieldKind>>): unknown {
  const named = Object.entries(fields).flatMap(([field, kind]) => {
    const name = `${prefix}.${field}`;
    return search.has(name) ? [[field, readField(search, name, kind)] as const] : [];
  });
  return named.length > 0 ? Object.fromEntries(named) : undefined;
}

function readWeight(text: string): { benchmark: string; weight: number } {
  const colon = text.lastIndexOf(":");
  const number = text.slice(colon + 1);
  if (colon < 1 || !NUMBER.test(number)) throw badParameter("weights", "a benchmark and its weight, such as V1:2", text);
  return { benchmark: text.slice(0, colon), weight: Number(number) };
}

/**
 * The conditions that an address names, as pages read them from theirs; undefined if it names none. Throws where a value is not of the
 * form that it is to have.
 */
export function readConditions(search: URLSearchParams): ConditionsInput | undefined {
  const weights = search.getAll("weights").map(readWeight);
  const conditions = {
    asOf: readOnly(search, "asOf"),
    release: readOnly(search, "release"),
    missing: readOnly(search, "missing"),
    weights: weights.length > 0 ? weights : undefined,
    among: readFilter(search, "among", MODEL_FIELDS),
    only: readFilter(search, "only", BENCHMARK_FIELDS),
  };
  return Object.values(conditions).some((value) => value !== undefined) ? conditions : undefined;
}
