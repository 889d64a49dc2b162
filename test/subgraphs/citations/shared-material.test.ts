import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "@jest/globals";
import { CitationFormat } from "../../../src/subgraphs/citations/citation-format";
import { formatBibliography } from "../../../src/subgraphs/citations/format-bibliography";
import { identifyWork } from "../../../src/subgraphs/citations/identify-work";
import { labelReference } from "../../../src/subgraphs/citations/label-reference";
import { parseReference } from "../../../src/subgraphs/citations/parse-reference";
import { splitBibtex } from "../../../src/subgraphs/citations/split-bibtex";

// Real BibTeX of others, which is not part of this project: skipped where it is not beside the checkout.
const SHARED = path.resolve(__dirname, "../../../../shared");
const describeWithShared = existsSync(SHARED) ? describe : describe.skip;
const read = (file: string) => readFileSync(path.join(SHARED, file), "utf8");

describeWithShared("the model card (skipped without ../shared)", () => {
  const card = existsSync(SHARED) ? read("seed/model-card.txt") : "";
  const { entries, faults } = splitBibtex(card);
  const references = entries.map((entry, place) => {
    const parsed = parseReference(entry);
    return { ...parsed, work: identifyWork(parsed), id: `card ${place}`, revision: 1 };
  });

  it("has ten entries, all of which are read", () => {
    expect(faults).toEqual([]);
    expect(references.map((reference) => [reference.key, labelReference(reference), reference.doi, reference.url])).toEqual([
      [
        "Marques2021.03.01.433495",
        "Marques et al., 2021",
        "10.1101/2021.03.01.433495",
        "https://www.biorxiv.org/content/early/2021/08/13/2021.03.01.433495",
      ],
      ["Schiller1976", "Schiller et al., 1976", "10.1152/jn.1976.39.6.1352", "http://www.ncbi.nlm.nih.gov/pubmed/825624"],
      ["Freeman2013", "Freeman et al., 2013", "10.1038/nn.3402", "http://dx.doi.org/10.1038/nn.3402"],
      ["Cavanaugh2002", "Cavanaugh et al., 2002", "10.1152/jn.00692.2001", "http://www.physiology.org/doi/10.1152/jn.00692.2001"],
      ["Freeman2013", "Freeman et al., 2013", "10.1038/nn.3402", "https://doi.org/10.1038/nn.3402"],
      ["Sanghavi_Jozwik_DiCarlo_2021", "Sanghavi et al., 2021", "10.17605/osf.io/fhy36", "https://osf.io/fhy36"],
      ["Sanghavi_DiCarlo_2021", "Sanghavi and DiCarlo, 2021", "10.17605/osf.io/chwdk", "https://osf.io/chwdk"],
      ["Sanghavi_Murty_DiCarlo_2021", "Sanghavi et al., 2021", "10.17605/osf.io/fchme", "https://osf.io/fchme"],
      ["Majaj13402", "Majaj et al., 2015", "10.1523/jneurosci.5181-14.2015", "https://www.jneurosci.org/content/35/39/13402"],
      ["Kar2019", "Kar et al., 2019", "10.1038/s41593-019-0392-5", "https://doi.org/10.1038/s41593-019-0392-5"],
    ]);
    expect(references.map(({ title }) => title).join("\n")).not.toMatch(/[{}\\<>]/);
  });

  it("keeps the text of each entry as it is", () => {
    for (const { text } of entries) expect(card).toContain(text);
  });

  it("cites nine works: both Freeman2013 are one", () => {
    expect(new Set(references.map(({ work }) => work)).size).toBe(9);
    const { entries: written } = splitBibtex(formatBibliography(references, CitationFormat.BIBTEX));
    expect(written.map(({ key }) => key)).toEqual([...new Set(references.map(({ key }) => key))]);
    expect(formatBibliography(references, CitationFormat.APA).split("\n")).toHaveLength(9);
  });
});

describeWithShared("the fixtures of the public site (skipped without ../shared)", () => {
  it.each(["benchmarkreferences", "modelreferences", "modelreferences-language"])("are read whole: %s", (name) => {
    const fixtures: { fields: { bibtex: string; author: string; year: string } }[] = JSON.parse(
      read(`data/brain-score-fixtures/fixture-${name}.json`),
    );
    for (const { fields } of fixtures) {
      const { entries, faults } = splitBibtex(fields.bibtex);
      expect(faults).toEqual([]);
      expect(entries).toHaveLength(1);
      const reference = parseReference(entries[0]);
      expect(reference.title).toMatch(/^[^{}\\]+$/);
      expect(reference.authors[0]).toMatch(/^[^{}\\]+, [^{}\\]+$/);
      expect(labelReference(reference)).toMatch(/^\p{Lu}[^,]*, \d{4}$/u);
    }
  });
});

describeWithShared("the synthetic data set (skipped without ../shared)", () => {
  it("has references that are all read", () => {
    const { entries, faults } = splitBibtex(read("data/oracle-120/references.bib"));
    expect(faults).toEqual([]);
    expect(new Set(entries.map((entry) => identifyWork(parseReference(entry)))).size).toBe(22);
  });
});
