import { describe, expect, it } from "@jest/globals";
import { readUrl } from "../../../src/subgraphs/citations/read-url";

describe("readUrl", () => {
  it.each([
    ["osf.io/fhy36", "https://osf.io/fhy36"],
    ["//example.org:8080/a?b#c", "https://example.org:8080/a?b#c"],
    ["localhost.example.org:80/x", "https://localhost.example.org:80/x"],
    ["http://papers.nips.cc/paper/4824.pdf", "http://papers.nips.cc/paper/4824.pdf"],
    ["\\url{https://example.org/a\\_b\\%20c}", "https://example.org/a_b%20c"],
    ["https://example.org/ü", "https://example.org/%C3%BC"],
    ["javascript:alert(1)", null],
    ["ftp://example.org/x", null],
    ["https://user:secret@example.org/", null],
    ["Online", null],
    ["see example.org/x", null],
    ["https://", null],
    [`https://example.org/${"x".repeat(2000)}`, null],
  ])("reads %j as %j", (text, url) => {
    expect(readUrl(text)).toBe(url);
  });
});
