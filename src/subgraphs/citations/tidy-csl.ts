import type { CslDate, CslItem, CslName } from "./csl";

/**
 * What citation-js made of an entry, without what would trip those who read it: names without a part, dates that no calendar has,
 * characters that Postgres cannot store (LaTeX has ways to write NUL and half a surrogate pair). `and others` becomes the literal name "others", as
 * pandoc writes it.
 */
export function tidyCsl(item: Record<string, unknown>): Partial<CslItem> {
  const plain = JSON.parse(JSON.stringify(item), (_, value: unknown) =>
    typeof value === "string" ? value.replace(/\0|\p{Surrogate}/gu, "\uFFFD") : value,
  ) as Record<string, unknown>;
  const tidied = Object.entries(plain).flatMap(([field, value]) => {
    const tidy = tidyValue(value);
    return tidy === undefined ? [] : [[field, tidy]];
  });
  return Object.fromEntries(tidied) as Partial<CslItem>;
}

function tidyValue(value: unknown): unknown {
  if (Array.isArray(value)) {
    // A list that is no list of names, such as two languages, is text in CSL-JSON.
    if (value.some((element) => typeof element === "string")) return value.join(", ") || undefined;
    const names = value.flatMap(tidyName);
    return names.length ? names : undefined;
  }
  if (typeof value === "object" && value !== null) return tidyDate(value);
  return value ?? undefined;
}

function tidyName(name: CslName): CslName[] {
  if (name.family === "others" && !name.given) return [{ literal: "others" }];
  if (name.family || name.literal) return [name];
  return name.given ? [{ literal: name.given }] : [];
}

/** Undefined if nothing is left. A span of dates has two. */
function tidyDate({ "date-parts": dates = [], literal }: CslDate): CslDate | undefined {
  const tidy = dates.slice(0, 2).flatMap((date: (number | null)[] | null) => {
    const [year, month, day] = date ?? [];
    if (!isWithin(year, -9999, 9999)) return [];
    if (!isWithin(month, 1, 12)) return [[year]];
    return [isWithin(day, 1, 31) ? [year, month, day] : [year, month]];
  });
  if (tidy.length) return { "date-parts": tidy };
  return literal ? { literal } : undefined;
}

const isWithin = (value: number | null | undefined, low: number, high: number): value is number =>
  Number.isInteger(value) && value! >= low && value! <= high;
