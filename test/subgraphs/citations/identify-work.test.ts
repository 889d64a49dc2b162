import { describe, expect, it } from "@jest/globals";
import { identifyWork } from "../../../src/subgraphs/citations/identify-work";
import { parseReference } from "../../../src/subgraphs/citations/parse-reference";
import { splitBibtex } from "../../../src/subgraphs/citations/split-bibtex";

const work = (entry: string) => identifyWork(parseReference(splitBibtex(entry).entries[0]));

describe("identifyWork", () => {
  it("calls references with one DOI one work, whatever else they say", () => {
    expect(work("@article{a, title={X}, doi={10.1000/ABC}}")).toBe(work("@misc{b, title={Y}, url={https://doi.org/10.1000/abc}}"));
  });

  it("calls references with the same text one work: key, order of fields, case, spacing and braces aside", () => {
    const one = "@article{a, title={The {X}  of y}, author={Kim, A.}, year={2020}}";
    expect(work(one)).toBe(work('@ARTICLE{b,\n  year = 2020,\n  author = "Kim, A.",\n  title = {the x of {Y}}\n}'));
    expect(work(one)).not.toBe(work("@article{a, title={The X of z}, author={Kim, A.}, year={2020}}"));
    expect(work(one)).not.toBe(work("@article{a, title={The X of y}, author={Kim, A.}, year={2021}}"));
  });
});
