/** The data of an answer that are written as JSON already: they stand in the place of the data. */
export class WrittenData {
  constructor(readonly json: string) {}
}

interface Result {
  readonly errors?: unknown;
  readonly data?: unknown;
  readonly extensions?: unknown;
}

const fieldOf = (name: string, value: unknown, after: string): string =>
  value === undefined ? "" : `"${name}":${JSON.stringify(value)}${after}`;

/** The JSON of an answer, as Apollo Server writes it. */
export function stringifyResult(result: Result): string {
  const { errors, data, extensions } = result;
  if (!(data instanceof WrittenData)) return `${JSON.stringify(result)}\n`;
  const [before, after] = [fieldOf("errors", errors, ","), fieldOf("extensions", extensions, "")];
  return `{${before}"data":${data.json}${after && `,${after}`}}\n`;
}
