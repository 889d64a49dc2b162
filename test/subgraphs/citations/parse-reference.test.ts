import { describe, expect, it } from "@jest/globals";
import { parseReference } from "../../../src/subgraphs/citations/parse-reference";
import { splitBibtex } from "../../../src/subgraphs/citations/split-bibtex";

const parse = (source: string) => parseReference(splitBibtex(source).entries[0]);
const withField = (name: string, value: string) => parse(`@article{k, ${name} = {${value}}}`);

describe("parseReference", () => {
  it("reads an entry into its columns", () => {
    const bibtex = `@article{Kim2021, author={Kim, Ana B. and Li{\\~n}o, Jos{\\'e}}, title={{On {V1} \\& beyond}}, journal={J. Neuro}, volume={3},
      number=4, pages={10--20}, year={2021}, month=nov, doi={10.1000/ABC.1}, url={example.org/kim}}`;
    expect(parse(bibtex)).toEqual({
      key: "Kim2021",
      bibtex,
      title: "On V1 & beyond",
      authors: ["Kim, Ana B.", "Liño, José"],
      year: 2021,
      doi: "10.1000/abc.1",
      url: "https://example.org/kim",
      csl: {
        id: "Kim2021",
        "citation-key": "Kim2021",
        type: "article-journal",
        title: "On V1 & beyond",
        author: [
          { family: "Kim", given: "Ana B." },
          { family: "Liño", given: "José" },
        ],
        "container-title": "J. Neuro",
        volume: "3",
        issue: "4",
        page: "10-20",
        issued: { "date-parts": [[2021, 11]] },
        DOI: "10.1000/abc.1",
        URL: "https://example.org/kim",
      },
    });
  });

  it.each([
    ["{\\'E}tude of $\\alpha$-waves -- 100\\%", "Étude of α-waves – 100%"],
    ['\\textit{In vivo} {\\AA}ngstr{\\"o}m, {\\aa}, \\ldots{} a\\,b\\\\c', "In vivo Ångström, å, … a b c"],
    ["H$_2$O and x$^{n-1}$", "H₂O and xⁿ⁻¹"],
    ["Costs \\~{}60 \\$", "Costs ~60 $"],
    ["It costs $5", "It costs 5"],
    ["A \\unknowncommand{word} \\begin{x} y", "A unknowncommandword beginx y"],
    ["``Quoted'' words", "“Quoted” words"],
    ["Below <0.5MB", "Below <0.5MB"],
  ])("removes LaTeX from the title %j", (latex, title) => {
    expect(withField("title", latex).title).toBe(title);
  });

  it.each([
    ["Marques, Tiago", ["Marques, Tiago"]],
    ["Laurens van der Maaten and de la Cruz, Jr, Juan", ["van der Maaten, Laurens", "de la Cruz, Juan, Jr"]],
    ["{Google, Inc.} and {World Health Organization}", ["Google, Inc.", "World Health Organization"]],
    ["Plato", ["Plato"]],
    ["Li{-}Jia Li and Li Fei{-}Fei", ["Li, Li-Jia", "Fei-Fei, Li"]],
    ["Brown, Tom and others", ["Brown, Tom"]],
    ["A = B = C", ["B C, A"]],
    [" ", []],
  ])("reads the authors %j", (author, authors) => {
    expect(withField("author", author).authors).toEqual(authors);
  });

  it("keeps `and others` in CSL-JSON as the literal name others", () => {
    expect(withField("author", "Brown, Tom and others").csl.author).toEqual([{ family: "Brown", given: "Tom" }, { literal: "others" }]);
  });

  it.each([
    ["year", "2021", 2021],
    ["date", "2020-05-17", 2020],
    ["date", "2020-13-45", 2020],
    ["year", "in press 2022", 2022],
    ["year", "forthcoming", null],
    ["year", "99999999999", null],
    ["note", "2020", null],
  ])("reads the year of %s = %s", (field, value, year) => {
    expect(withField(field, value).year).toBe(year);
  });

  it("takes the DOI of a doi.org URL where there is no field for it", () => {
    expect(withField("url", "http://dx.doi.org/10.1038/NN.3402")).toMatchObject({
      doi: "10.1038/nn.3402",
      url: "http://dx.doi.org/10.1038/NN.3402",
      csl: { DOI: "10.1038/nn.3402" },
    });
    expect(withField("howpublished", "\\url{osf.io/a\\_b}")).toMatchObject({ doi: null, url: "https://osf.io/a_b" });
  });

  it("knows nothing of an entry without fields but its key", () => {
    expect(parse("@misc{k}")).toMatchObject({ key: "k", title: null, authors: [], year: null, doi: null, url: null });
  });

  it("makes CSL-JSON that Postgres can store", () => {
    const { csl } = withField("title", "\\ElsevierGlyph{0}\\ElsevierGlyph{D800}");
    expect(csl.title).toBe("\uFFFD\uFFFD");
  });

  it("is not misled by names that every object has", () => {
    expect(parse("@constructor{__proto__, title={x}, constructor={y}, toString={z}}")).toMatchObject({ key: "__proto__", title: "x" });
  });
});
