import { describe, expect, it } from "@jest/globals";
import { labelReference } from "../../../src/subgraphs/citations/label-reference";
import { parseReference } from "../../../src/subgraphs/citations/parse-reference";
import { splitBibtex } from "../../../src/subgraphs/citations/split-bibtex";

const label = (fields: string) => labelReference(parseReference(splitBibtex(`@misc{Key1, ${fields}}`).entries[0]));

describe("labelReference", () => {
  it.each([
    ["author={Marques, Tiago and Schrimpf, Martin and DiCarlo, James J.}, year=2021", "Marques et al., 2021"],
    ["author={Sanghavi, Sachi and DiCarlo, James J}, year=2021", "Sanghavi and DiCarlo, 2021"],
    ["author={Chollet, François}, year=2016", "Chollet, 2016"],
    ["author={Brown, Tom and others}, year=2020", "Brown et al., 2020"],
    ["author={Brown, Tom and Mann, Ben and others}, year=2020", "Brown et al., 2020"],
    ["author={{Google, Inc.} and {Open AI}}, year=2020", "Google, Inc. and Open AI, 2020"],
    ["author={van der Maaten, Laurens}, year=2008", "van der Maaten, 2008"],
    ["author={Marques, Tiago and Schrimpf, Martin}", "Marques and Schrimpf"],
    ["editor={Ng, Andrew}, title={T}, year=2020", "Ng, 2020"],
    ["title={A {Study}}, year=2020", "A Study, 2020"],
    ["title={A Study}", "A Study"],
    ["year=2020", "Key1, 2020"],
    ["note={nothing}", "Key1"],
    [`title={${"word ".repeat(20)}}, year=2020`, `${"word ".repeat(12).trim()}…, 2020`],
  ])("labels {%s} as %s", (fields, expected) => {
    expect(label(fields)).toBe(expected);
  });
});
