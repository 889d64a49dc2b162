import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { CitationFormat } from "../../src/subgraphs/citations/citation-format";
import { formatCitation } from "../../src/subgraphs/citations/format-citation";
import { labelReference } from "../../src/subgraphs/citations/label-reference";
import { parseReference } from "../../src/subgraphs/citations/parse-reference";
import { splitBibtex } from "../../src/subgraphs/citations/split-bibtex";

const FORMATS = Object.values(CitationFormat);
let made = 0;

/** Every format of every entry of a text; the number of entries and the messages of its faults. */
function digest(source: string) {
  const { entries, faults } = splitBibtex(source);
  for (const entry of entries.slice(0, 5)) {
    const reference = { ...parseReference(entry), id: `hostile ${made++}`, revision: 1 };
    expect(labelReference(reference)).not.toBe("");
    for (const format of FORMATS) expect(formatCitation(reference, format)).not.toBe("");
    expect(JSON.stringify(reference.csl)).not.toMatch(/\\u0000|\\ud[89a-f]/i);
  }
  return { entries: entries.length, faults: faults.map(({ message }) => message) };
}

const fill = (text: string, length = 64_000) => text.repeat(Math.floor(length / text.length));

describe("hostile BibTeX", () => {
  // citeproc alone would take a minute for some of these, and citation-js overflow the stack.
  it.each([
    ["spaces", `title={${fill(" ")}}`],
    ["backslashes", `title={${fill("\\")}}`],
    ["quotes", `title={${fill("'")}}`],
    ["markup", `title={${fill("<i>")}}`],
    ["superscripts", `title={$${fill("^a")}$}`],
    ["accents", `title={${fill("\\'")}a}`],
    ["environments", `title={${fill("\\begin{x}")}}`],
    ["commands", `title={${fill("\\textit{a} ")}}`],
    ["braces beside each other", `title={${fill("{}")}}`],
    ["braces 60 deep", `title={${fill("{".repeat(60) + "x" + "}".repeat(60))}}`],
    ["names", `author={A${fill(" and A")}}`],
    ["names without end", `author={A${fill(" and")}}`],
    ["names with labels", `author={${fill("a=")}}`],
    ["commas", `author={A${fill(", A")}}`],
    ["dates", `date={${fill("2020/")}}, year={${fill("9", 1000)}}`],
    ["pages", `pages={${fill("1-")}}`],
    ["a DOI", `doi={10.1000/${fill("a")}}`],
    ["an address", `url={${fill("a.")}}`],
    ["fields", Array.from({ length: 6000 }, (_, index) => `f${index}={x}`).join(",")],
  ])("is read and written with 64 kB of %s", (_, fields) => {
    expect(digest(`@article{k, ${fields}}`)).toEqual({ entries: 1, faults: [] });
  });

  it.each([
    ["an entry above 64 kB", `@a{k,title={${fill("x", 70_000)}}}`],
    ["one that @string makes as large", `@string{s={${fill("x", 40_000)}}} @a{k,title=s # s}`],
  ])("refuses %s, and reads on", (_, source) => {
    expect(digest(`${source}\n@a{next}`)).toEqual({
      entries: 1,
      faults: ["in the entry that begins in line 1: an entry has at most 65536 bytes; this one is larger, or is never closed"],
    });
  });

  it("counts bytes, not characters", () => {
    expect(digest(`@a{k,title={${fill("€", 30_000)}}}`).faults).toHaveLength(1);
  });

  it("refuses braces deeper than 64", () => {
    const { faults } = digest(`@a{k,title={${"{".repeat(30_000)}${"}".repeat(30_000)}}}`);
    expect(faults).toEqual([expect.stringContaining("expected braces at most 64 deep")]);
  });

  it("does not let names of @string double without end", () => {
    const doubled = Array.from({ length: 40 }, (_, index) => `@string{s${index + 1} = s${index} # s${index}}`).join("\n");
    const { faults } = digest(`@string{s0={xxxx}}\n${doubled}\n@a{k,title=s40}`);
    expect(faults[0]).toContain("an entry has at most 65536 bytes");
  });

  it("gives up after a hundred bad entries", () => {
    const { entries, faults } = digest(fill("@a{", 1_000_000));
    expect(entries).toBe(0);
    expect(faults).toHaveLength(101);
    expect(faults[100]).toBe("more than 100 bad entries: the rest was not read");
  });

  it.each([
    ["at signs", "@"],
    ["words with at signs", "@a "],
    ["spaces", " "],
    ["comments", "@comment{x}\n"],
    ["open comments", "@comment{"],
    ["percent signs", "%@a{k,"],
  ])("reads a megabyte of %s", (_, text) => {
    expect(digest(fill(text, 1_000_000)).entries).toBe(0);
  });

  it("reads and writes whatever stands in a field", () => {
    const field = fc.constantFrom(
      "title",
      "author",
      "year",
      "month",
      "date",
      "pages",
      "url",
      "doi",
      "journal",
      "note",
      "number",
      "editor",
      "edition",
      "language",
      "keywords",
      "crossref",
      "isbn",
      "volume",
      "author+an",
      "urldate",
      "type",
    );
    const piece = fc.oneof(
      fc.constantFrom(
        "\\",
        "$",
        "^",
        "_",
        "~",
        "-",
        "--",
        "=",
        ",",
        " and ",
        "and",
        "others",
        "\\'",
        '\\"{o}',
        "\\begin{a}",
        "\\end{a}",
        "\\textit{x}",
        "{x}",
        "{",
        "}",
        "<i>",
        "</span>",
        "#",
        "%",
        "&",
        "2020",
        "-05",
        "/",
        "10.1000/",
        "https://doi.org/",
        "\\constructor",
        "__proto__",
        "constructor",
        "toString",
        "\\ElsevierGlyph{D800}",
        "\\href{a}{b}",
        "X",
        "?",
      ),
      fc.string({ unit: "binary", maxLength: 4 }),
    );
    const value = fc.array(piece, { maxLength: 8 }).map((pieces) => pieces.join(""));
    fc.assert(
      fc.property(fc.array(fc.tuple(field, value), { maxLength: 6 }), (fields) => {
        const { entries, faults } = digest(`@article{k, ${fields.map(([name, text]) => `${name} = {${text}}`).join(", ")}}`);
        expect(entries + faults.length).toBeGreaterThan(0);
      }),
      { numRuns: 400 },
    );
  });
});
