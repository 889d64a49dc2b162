import { logger, plugins } from "@citation-js/core";
import "@citation-js/plugin-bibtex";
import "@citation-js/plugin-csl";
import "@citation-js/plugin-ris";
import type { BibtexEntry } from "./bibtex-entry";
import type { CslItem } from "./csl";
import { prepareLatex } from "./prepare-latex";

/** citation-js writes down every remark in an array that nobody empties. */
function forgetRemarks<T>(result: T): T {
  logger._log.length = 0;
  return result;
}

const parse = (type: string, fields: Record<string, string>): Record<string, unknown> =>
  plugins.input.chain({ type, label: "entry", properties: fields }, { forceType: "@biblatex/entry+object", generateGraph: false })[0];

/** True if citation-js can read the LaTeX of one field. */
function isReadable(field: string, value: string): boolean {
  try {
    parse("misc", { [field]: value });
    return true;
  } catch {
    return false;
  }
}

/** A field as it is, if it can be read; else without what LaTeX and names are structured by; else nothing. */
function mend([name, value]: [string, string]): [string, string][] {
  const plain = value.replace(/[\\{}$=]/g, "");
  return [value, plain]
    .filter((text) => isReadable(name, text))
    .slice(0, 1)
    .map((text) => [name, text]);
}

/**
 * An entry as citation-js reads it (fields of BibTeX and BibLaTeX): LaTeX becomes Unicode, with `<i>`, `<b>`, `<sup>`, `<sub>`, `<span>` for
 * what has no characters. A field whose LaTeX is broken, such as a lone dollar sign, is read without its backslashes, braces
 * and dollars; the entry is not lost for it.
 */
export function readCsl({ type, fields }: BibtexEntry): Record<string, unknown> {
  const prepared = [...fields].flatMap(([name, value]): [string, string][] => {
    // Names that every object has would be found in citation-js's tables; a plus sign begins an annotation of biber's.
    if (!value || name in Object.prototype || name.includes("+")) return [];
    return [[name, prepareLatex(name, value)]];
  });
  const kind = type in Object.prototype ? "misc" : type;
  try {
    return forgetRemarks(parse(kind, Object.fromEntries(prepared)));
  } catch {
    return forgetRemarks(parse(kind, Object.fromEntries(prepared.flatMap(mend))));
  }
}

/** The tags of a RIS record and their values, in citation-js's order, without its line breaks after every 70 characters. */
export function risTags(item: CslItem): Record<string, string | string[]> {
  const records = plugins.output.format("ris", [item], { format: "object" }) as Record<string, string | string[]>[];
  return forgetRemarks(records[0]);
}

/**
 * One item in APA style (7th edition, US English) as one line of plain text; empty if APA lists no such thing (a letter), null if citeproc
 * breaks on it. Takes some milliseconds, the first one and the next after a break a second.
 */
export function apaLine(item: CslItem): string | null {
  const engine = plugins.config.get("@csl").engine([{ ...item, id: "item" }], "apa", "en-US", "text");
  try {
    engine.updateItems(["item"]);
    const [, lines] = engine.makeBibliography();
    return forgetRemarks(lines.join("").replace(/\s+/g, " ").trim());
  } catch {
    // citation-js keeps its engine, and one that threw is in the midst of its work for ever. What is no engine any more, it makes anew.
    Object.setPrototypeOf(engine, null);
    return null;
  }
}
