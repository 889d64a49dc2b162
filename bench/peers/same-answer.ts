/** Objects of these names only group what another server has beside them. */
const GROUPS = new Set(["score", "metadata"]);

/** Numbers that differ by less in their last digits are the same: sums are taken in another order elsewhere. */
const TOLERANCE = 1e-12;

type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/** Throws, with the place of the first difference, if two answers do not hold the same values under the same names. */
export function checkSameAnswer(ours: Json, other: Json, place = "data"): void {
  const fail = (): never => {
    throw new Error(`Answers differ at ${place}: ${JSON.stringify(ours)?.slice(0, 200)} and ${JSON.stringify(other)?.slice(0, 200)}.`);
  };
  if (typeof ours === "number" && typeof other === "number") {
    if (Math.abs(ours - other) > TOLERANCE * Math.max(1, Math.abs(ours))) fail();
  } else if (ours === null || other === null || typeof ours !== "object" || typeof other !== "object") {
    if (ours !== other) fail();
  } else if (Array.isArray(ours) || Array.isArray(other)) {
    if (!Array.isArray(ours) || !Array.isArray(other) || ours.length !== other.length) return fail();
    ours.forEach((item, index) => checkSameAnswer(item, other[index], `${place}[${index}]`));
  } else {
    const [one, two] = [ungrouped(ours as JsonObject), ungrouped(other as JsonObject)];
    if (Object.keys(one).sort().join() !== Object.keys(two).sort().join()) fail();
    for (const [key, value] of Object.entries(one)) checkSameAnswer(value, two[key], `${place}.${key}`);
  }
}

type JsonObject = { readonly [key: string]: Json };

const ungrouped = (object: JsonObject): JsonObject =>
  Object.fromEntries(
    Object.entries(object).flatMap(([key, value]) => (GROUPS.has(key) ? Object.entries(value as JsonObject) : [[key, value]])),
  );
