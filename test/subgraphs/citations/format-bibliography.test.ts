import { plugins } from "@citation-js/core";
import { describe, expect, it } from "@jest/globals";
import { CitationFormat } from "../../../src/subgraphs/citations/citation-format";
import { formatBibliography } from "../../../src/subgraphs/citations/format-bibliography";
import { identifyWork } from "../../../src/subgraphs/citations/identify-work";
import { parseReference } from "../../../src/subgraphs/citations/parse-reference";
import { splitBibtex } from "../../../src/subgraphs/citations/split-bibtex";

const { BIBTEX, RIS, CSL_JSON, APA } = CitationFormat;

const citables = (bibtex: string) =>
  splitBibtex(bibtex).entries.map((entry, place) => {
    const parsed = parseReference(entry);
    return { ...parsed, work: identifyWork(parsed), id: `${bibtex}${place}`, revision: 1 };
  });

const WORKS = citables(`@misc{Lee2019, title={Second}, author={Lee, C.}, year=2019}
  @misc{Kim2020, title={First}, author={Kim, A.}, doi={10.1000/1}, year=2020}
  @misc{Kim, title={First again}, doi={10.1000/1}, year=2020}
  @misc{Kim2020, title={Third}, author={Kim, B.}, year=2020}`);

describe("formatBibliography", () => {
  it("keeps the order given, each work once, and makes keys unlike", () => {
    expect(formatBibliography(WORKS, BIBTEX)).toBe(
      "@misc{Lee2019, title={Second}, author={Lee, C.}, year=2019}\n\n" +
        "@misc{Kim2020a, title={First}, author={Kim, A.}, doi={10.1000/1}, year=2020}\n\n" +
        "@misc{Kim2020b, title={Third}, author={Kim, B.}, year=2020}",
    );
  });

  it("replaces no key where all are unlike", () => {
    expect(formatBibliography(WORKS.slice(0, 3), BIBTEX)).toBe(`${WORKS[0].bibtex}\n\n${WORKS[1].bibtex}`);
  });

  it("gives one CSL-JSON array and one RIS file", () => {
    const items = JSON.parse(formatBibliography(WORKS, CSL_JSON));
    expect(items.map(({ id }: { id: string }) => id)).toEqual(["Lee2019", "Kim2020a", "Kim2020b"]);
    const read = plugins.input.chain(formatBibliography(WORKS, RIS), { forceType: "@ris/file", generateGraph: false });
    expect(read.map(({ title }) => title)).toEqual(["Second", "First", "Third"]);
  });

  it("gives a line of APA a work", () => {
    expect(formatBibliography(WORKS, APA)).toBe(
      "Lee, C. (2019). Second.\nKim, A. (2020). First. https://doi.org/10.1000/1\nKim, B. (2020). Third.",
    );
  });

  it("gives nothing for nothing", () => {
    expect([BIBTEX, RIS, APA, CSL_JSON].map((format) => formatBibliography([], format))).toEqual(["", "", "", "[]"]);
  });

  it("is read back by splitBibtex", () => {
    const { entries, faults } = splitBibtex(formatBibliography(WORKS, BIBTEX));
    expect(faults).toEqual([]);
    expect(entries.map(({ key }) => key)).toEqual(["Lee2019", "Kim2020a", "Kim2020b"]);
  });
});
