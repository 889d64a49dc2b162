/** A moment that an address names: an instant, or a release by its name. */
export interface Moment {
  readonly asOf?: string;
  readonly release?: string;
}

/** Reads `2025-01-01` or `release:NAME`. Undefined if nothing is named. */
export function readMoment(text: string | null): Moment | undefined {
  if (text === null || text === "") return undefined;
  return text.startsWith("release:") ? { release: text.slice("release:".length) } : { asOf: text };
}
