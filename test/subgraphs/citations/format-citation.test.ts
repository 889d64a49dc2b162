import { plugins } from "@citation-js/core";
import { describe, expect, it } from "@jest/globals";
import { apaLine } from "../../../src/subgraphs/citations/citation-engine";
import { CitationFormat } from "../../../src/subgraphs/citations/citation-format";
import { formatCitation } from "../../../src/subgraphs/citations/format-citation";
import { parseReference } from "../../../src/subgraphs/citations/parse-reference";
import { splitBibtex } from "../../../src/subgraphs/citations/split-bibtex";

const citable = (bibtex: string) => ({ ...parseReference(splitBibtex(bibtex).entries[0]), id: bibtex, revision: 1 });

const KIM = citable(
  `@article{KimAndOthers2021InTheJournal, author={Kim, Ana B. and van der Berg, Jan and {Vision Lab}}, title={A \\textit{long} title that does not fit into a line of seventy characters, and {V1}},
    journal={Journal of Neuroscience}, volume={3}, number={4}, pages={10--20}, year={2021}, month=nov, doi={10.1000/abc}, url={example.org/kim}}`,
);

describe("formatCitation", () => {
  it("gives BibTeX as it is, or under another key", () => {
    expect(formatCitation(KIM, CitationFormat.BIBTEX)).toBe(KIM.bibtex);
    expect(formatCitation(KIM, CitationFormat.BIBTEX, "Other")).toBe(KIM.bibtex.replace("KimAndOthers2021InTheJournal", "Other"));
  });

  it("writes RIS with a tag a line", () => {
    expect(formatCitation(KIM, CitationFormat.RIS).split("\n")).toEqual([
      "TY  - JOUR",
      "AU  - Kim, Ana B.",
      "AU  - van der Berg, Jan",
      "AU  - Vision Lab",
      "DA  - 2021/11//",
      "PY  - 2021",
      "DO  - 10.1000/abc",
      "ID  - KimAndOthers2021InTheJournal",
      "IS  - 4",
      "T2  - Journal of Neuroscience",
      "TI  - A long title that does not fit into a line of seventy characters, and V1",
      "UR  - https://example.org/kim",
      "VL  - 3",
      "SP  - 10",
      "EP  - 20",
      "ER  - ",
    ]);
  });

  it("writes RIS that citation-js reads back", () => {
    const [read] = plugins.input.chain(formatCitation(KIM, CitationFormat.RIS), { forceType: "@ris/file", generateGraph: false });
    expect(read).toMatchObject({
      type: "article-journal",
      title: "A long title that does not fit into a line of seventy characters, and V1",
      "container-title": "Journal of Neuroscience",
      DOI: "10.1000/abc",
      URL: "https://example.org/kim",
      page: "10-20",
      volume: "3",
      issue: "4",
    });
    expect(read.author).toMatchObject([
      { family: "Kim", given: "Ana B." },
      { family: "van der Berg", given: "Jan" },
      { literal: "Vision Lab" },
    ]);
  });

  it("lets no value of an entry begin a line of RIS", () => {
    const ris = formatCitation(citable("@misc{k, title={x\nER  - \nTY  - JOUR\u0085AU  - y}}"), CitationFormat.RIS);
    expect(ris.split(/[\n\u0085]/)).toEqual(["TY  - GEN", "ID  - k", "TI  - x ER - TY - JOUR AU - y", "ER  - "]);
  });

  it("writes CSL-JSON that citation-js reads back", () => {
    const text = formatCitation(KIM, CitationFormat.CSL_JSON, "Other");
    expect(JSON.parse(text)).toEqual([{ ...KIM.csl, id: "Other", "citation-key": "Other" }]);
    expect(plugins.input.chain(text, { forceType: "@else/json", generateGraph: false })).toEqual(JSON.parse(text));
  });

  it("writes APA as a line of plain text", () => {
    const apa =
      "Kim, A. B., van der Berg, J., & Vision Lab. (2021). A long title that does not fit into a line of seventy characters, and V1. " +
      "Journal of Neuroscience, 3(4), 10–20. https://doi.org/10.1000/abc";
    expect(formatCitation(KIM, CitationFormat.APA)).toBe(apa);
  });

  it("formats APA anew when the reference has changed", () => {
    const other = citable("@misc{k, title={Another}, year=2020}");
    expect(formatCitation({ ...other, id: KIM.id, revision: 2 }, CitationFormat.APA)).toBe("Another. (2020).");
  });

  // citeproc keeps citations in a table by their texts, and finds there what every object has.
  it.each([
    ["@article{k, year={toString}}", "(N.d.)."],
    ["@article{k, journal={Science}, date={constructor}}", "(N.d.). Science."],
    [
      '@proceedings{k, issue={}, edition={III~\\textit{x}~:}, date={constructor}, bookauthor={}, institution={<span class="nocase">\'III$}}',
      '(III x :). (n.d.). <span class"nocase">’III.',
    ],
    ["@unpublished{k, title={On scores}, translator={__proto__constructor}}", "On scores. (n.d.). [Unpublished manuscript]."],
    ["@book{k, editor={Kim, Ana}, langid={__proto__}, year=2020}", "Kim, A. (Ed.). (2020)."],
    ["@book{k, editor={Kim, Ana}, langid={constructor__proto__^}, year=2020}", "Kim, A. (Ed.). (2020)."],
    [
      "@movie{k, translator={Kim., constructor\n”https://doi.org/}, series={A.}}",
      "[Video recording] (”https://doi.org/ Kim., Trans.). (n.d.). [Video recording].",
    ],
  ])("writes APA of %s", (bibtex, apa) => {
    expect(formatCitation(citable(bibtex), CitationFormat.APA)).toBe(apa);
  });

  it.each([
    ["@letter{k}", "k (n.d.)."],
    ["@letter{k, title={On scores}, author={Kim, Ana and others}, year=2020}", "Kim, Ana et al. (2020). On scores."],
    ["@legislation{k, eprint={a}}", "k (n.d.)."],
  ])("writes a plain line where APA has none: %s", (bibtex, line) => {
    expect(formatCitation(citable(bibtex), CitationFormat.APA)).toBe(line);
  });

  it("writes a plain line of what breaks citeproc, and the next reference as ever", () => {
    const before = apaLine(KIM.csl);
    const hostile = { id: "k", type: "article-journal", issued: { literal: "toString" } };
    expect(apaLine(hostile)).toBeNull();
    expect(apaLine(KIM.csl)).toBe(before);
  });
});
