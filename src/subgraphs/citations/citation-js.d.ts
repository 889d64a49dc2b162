/** The parts of citation-js that are used; the packages come without types. */
declare module "@citation-js/core" {
  export const plugins: {
    input: { chain(input: unknown, options: { forceType: string; generateGraph?: boolean }): Record<string, unknown>[] };
    output: { format(format: string, items: unknown[], options?: Record<string, unknown>): unknown };
  };
  export const logger: { _log: unknown[] };
}
declare module "@citation-js/plugin-bibtex";
declare module "@citation-js/plugin-csl";
declare module "@citation-js/plugin-ris";
