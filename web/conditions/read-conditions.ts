import { BENCHMARK_FIELDS, type FieldKind, MODEL_FIELDS } from "./filter-fields";
import type { Conditions } from "./conditions";

const asNumber = (text: string): number | undefined => (text === "" || Number.isNaN(Number(text)) ? undefined : Number(text));

function readField(kind: FieldKind, values: readonly string[]): unknown {
  if (kind === "texts") return values;
  const [value] = values;
  if (kind === "text") return value;
  if (kind === "boolean") return value === "true";
  const [from = "", to = ""] = value.split("..");
  return kind === "range" ? { min: asNumber(from), max: asNumber(to) } : { from: from || undefined, to: to || undefined };
}

function readFilter(search: URLSearchParams, prefix: string, fields: Readonly<Record<string, FieldKind>>) {
  const named = Object.entries(fields).flatMap(([name, kind]) => {
    const values = search.getAll(`${prefix}.${name}`);
    return values.length > 0 ? [[name, readField(kind, values)] as const] : [];
  });
  return named.length > 0 ? Object.fromEntries(named) : undefined;
}

/** `V1:2` says that V1 has weight 2. What is no number is passed on as 0.. the server would refuse NaN as no JSON. */
function readWeight(text: string): { benchmark: string; weight: number } {
  const colon = text.lastIndexOf(":");
  return { benchmark: text.slice(0, colon), weight: asNumber(text.slice(colon + 1)) ?? 1 };
}

/** The conditions that an address names: `asOf`, `release`, `missing`, `weights=V1:2`, `among.…`, `only.…`. Undefined if it names none. */
export function readConditions(search: URLSearchParams): Conditions | undefined {
  const weights = search.getAll("weights").map(readWeight);
  const conditions = {
    asOf: search.get("asOf") ?? undefined,
    release: search.get("release") ?? undefined,
    missing: (search.get("missing") ?? undefined) as Conditions["missing"],
    weights: weights.length > 0 ? weights : undefined,
    among: readFilter(search, "among", MODEL_FIELDS),
    only: readFilter(search, "only", BENCHMARK_FIELDS),
  };
  return Object.values(conditions).some((value) => value !== undefined) ? conditions : undefined;
}
