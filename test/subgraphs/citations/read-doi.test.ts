import { describe, expect, it } from "@jest/globals";
import { doiOfUrl, readDoi } from "../../../src/subgraphs/citations/read-doi";

describe("readDoi", () => {
  it.each([
    ["10.1038/NN.3402", "10.1038/nn.3402"],
    ["https://doi.org/10.17605/OSF.IO/FHY36", "10.17605/osf.io/fhy36"],
    ["doi: 10.1000/a\\_b{\\_}c", "10.1000/a_b_c"],
    [" dx.doi.org/10.1000/1 ", "10.1000/1"],
    ["10.1000/with space", null],
    ["11.1000/1", null],
    ["10.1/1", null],
    [`10.1000/${"x".repeat(201)}`, null],
    ["", null],
  ])("reads %j as %j", (text, doi) => {
    expect(readDoi(text)).toBe(doi);
  });
});

describe("doiOfUrl", () => {
  it.each([
    ["https://doi.org/10.1038/nn.3402", "10.1038/nn.3402"],
    ["http://www.doi.org/10.1000/a%3Cb%3E", "10.1000/a<b>"],
    ["https://doi.org/10.1000/100%", "10.1000/100%"],
    ["https://example.org/10.1038/nn.3402", null],
  ])("finds in %j the DOI %j", (url, doi) => {
    expect(doiOfUrl(url)).toBe(doi);
  });
});
