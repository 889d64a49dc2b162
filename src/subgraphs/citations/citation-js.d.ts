/** The parts of citation-js that are used; the packages come without types. */
declare module "@citation-js/core" {
  /** Of citeproc: takes items by id, and gives the bibliography of those taken as its settings and its lines. */
  interface CiteprocEngine {
    updateItems(ids: readonly string[]): void;
    makeBibliography(): [settings: unknown, lines: string[]];
  }
  export const plugins: {
    input: { chain(input: unknown, options: { forceType: string; generateGraph?: boolean }): Record<string, unknown>[] };
    config: { get(plugin: "@csl"): { engine(items: unknown[], style: string, language: string, format: string): CiteprocEngine } };
    output: { format(format: string, items: unknown[], options?: Record<string, unknown>): unknown };
  };
  export const logger: { _log: unknown[] };
}
declare module "@citation-js/plugin-bibtex";
declare module "@citation-js/plugin-csl";
declare module "@citation-js/plugin-ris";
