/** A question about one row of the board: its facts and its place (slot or node number). */
export type Predicate<Row> = (row: Row, place: number) => boolean;

/** How each field of a filter input becomes a predicate, given its value. */
export type FilterFields<Filter, Row> = { [K in keyof Filter]-?: (value: NonNullable<Filter[K]>) => Predicate<Row> };

/** True where all of the predicates hold; of none, everywhere. */
export const allOf =
  <Row>(predicates: readonly Predicate<Row>[]): Predicate<Row> =>
  (row, place) =>
    predicates.every((holds) => holds(row, place));

/** True where one of the predicates holds; of none, nowhere. */
export const anyOf =
  <Row>(predicates: readonly Predicate<Row>[]): Predicate<Row> =>
  (row, place) =>
    predicates.some((holds) => holds(row, place));

/** The part that every filter has: `and`, `or` and `not` of filters of its own kind. */
export const combinations = <Filter, Row>(predicateOf: (filter: Filter) => Predicate<Row>) => ({
  and: (filters: Filter[]) => allOf(filters.map(predicateOf)),
  or: (filters: Filter[]) => anyOf(filters.map(predicateOf)),
  not: (filter: Filter): Predicate<Row> => {
    const holds = predicateOf(filter);
    return (row, place) => !holds(row, place);
  },
});

/** True where the row's property is one of the values; an unknown property is none of them. */
export function isOneOf<Row>(values: readonly string[], property: (row: Row) => string | null): Predicate<Row> {
  const wanted = new Set(values);
  return (row) => {
    const value = property(row);
    return value !== null && wanted.has(value);
  };
}

/** In one case of letters. Lower case writes a sigma by its place in the word, which a part of a word does not know. */
const fold = (text: string): string => text.toLowerCase().replaceAll("ς", "σ");

/** True where one of the row's texts contains the text: any case of letters, taken literally (§7). */
export function contains<Row>(text: string, texts: (row: Row) => readonly (string | null)[]): Predicate<Row> {
  const wanted = fold(text);
  return (row) => texts(row).some((candidate) => candidate !== null && fold(candidate).includes(wanted));
}

/** The predicate of a whole filter: every field given must hold. A field that is absent or null is not given. */
export function predicateOfFilter<Filter extends object, Row>(filter: Filter, fields: FilterFields<Filter, Row>): Predicate<Row> {
  const given = (Object.keys(fields) as (keyof Filter)[]).filter((name) => filter[name] != null);
  return allOf(given.map((name) => fields[name](filter[name]!)));
}
