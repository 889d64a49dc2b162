/** What a server tells at `/metrics`. */
export interface ReadMetrics {
  /** Help texts by the names of metrics. */
  readonly help: ReadonlyMap<string, string>;
  readonly types: ReadonlyMap<string, string>;
  /** Values by name and labels as they stand: `name{label="value"}`. */
  readonly values: ReadonlyMap<string, number>;
}

/** Reads the text format of Prometheus, line by line. Throws on a line that is none. */
export function readMetrics(text: string): ReadMetrics {
  const [help, types, values] = [new Map<string, string>(), new Map<string, string>(), new Map<string, number>()];
  for (const line of text.split("\n")) {
    if (line === "") continue;
    const [, kind, name, rest] = /^# (HELP|TYPE) (\w+) (.*)$/.exec(line) ?? [];
    if (kind) (kind === "HELP" ? help : types).set(name, rest);
    else {
      const [, series, value] = /^(\w+(?:\{(?:\w+="(?:[^"\\]|\\.)*",?)*\})?) (\S+)$/.exec(line) ?? [];
      if (series === undefined || Number.isNaN(Number(value))) throw new Error(`This is no line of metrics: ${line}`);
      values.set(series, Number(value));
    }
  }
  return { help, types, values };
}
