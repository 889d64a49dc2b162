import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { splitBibtex } from "../../../src/subgraphs/citations/split-bibtex";

/** The one entry of a text without faults. */
function only(source: string) {
  const { entries, faults } = splitBibtex(source);
  expect(faults).toEqual([]);
  expect(entries).toHaveLength(1);
  return entries[0];
}

describe("splitBibtex", () => {
  it("keeps the text of every entry as it is", () => {
    const first = "@Article {a:1,\r\n  title = {{Deep  {N}ets}},\n\tyear=2020 , }";
    const second = '@misc(b, title = "On (quotes) and {"}braces{"}")';
    const { entries, faults } = splitBibtex(`\uFEFFA note.\n${first} ${second}\n`);
    expect(faults).toEqual([]);
    expect(entries.map(({ text }) => text)).toEqual([first, second]);
    expect(entries.map(({ type, key, line }) => ({ type, key, line }))).toEqual([
      { type: "article", key: "a:1", line: 2 },
      { type: "misc", key: "b", line: 4 },
    ]);
  });

  it("reads braces, quotes, numbers and joined parts", () => {
    const { fields } = only('@a{k, A = {x {y}  z}, b = "p {"} q", c = 12, d = "1~" # jan # {uary}, a = {second}}');
    expect([...fields]).toEqual([
      ["a", "x {y} z"],
      ["b", 'p {"} q'],
      ["c", "12"],
      ["d", "1~january"],
    ]);
  });

  it("resolves @string in fields and in the text, so that an entry stands alone", () => {
    const source =
      '@string{jnn = "Nature Neuroscience"} @STRING(long = jnn # { (US)})\n@article{k, journal = JNN, note = long # " x", month = nov}';
    const { text, fields } = only(source);
    expect(fields.get("journal")).toBe("Nature Neuroscience");
    expect(fields.get("note")).toBe("Nature Neuroscience (US) x");
    expect(text).toBe('@article{k, journal = {Nature Neuroscience}, note = {Nature Neuroscience (US)} # " x", month = nov}');
    expect(only(text).fields).toEqual(fields);
  });

  it("takes a word that no @string defines for itself", () => {
    expect(only("@a{k, year = forthcoming}").fields.get("year")).toBe("forthcoming");
  });

  it("leaves out @comment with all that is in its braces, @preamble, and comments between fields", () => {
    const source =
      '@comment{ @article{no, title={x}} }\n@comment jabref @\n@preamble{ "\\newcommand" # {x} }\n@a{k, % @b{c,\n  title={t} % end\n}';
    expect(only(source).key).toBe("k");
  });

  it("does not take an address in a note for an entry", () => {
    expect(only("Write to lab@example.org or @home.\n@a{k}").key).toBe("k");
  });

  it("reports a bad entry with its line and reads the others", () => {
    const { entries, faults } = splitBibtex(
      "@a{good1, title={x}}\n\n@a{bad,\n  title={x}\n  year={2020}}\n@a{good2, title={y}}\n@a{open, title={z}\n\n@a{good3, year=1}",
    );
    expect(entries.map(({ key }) => key)).toEqual(["good1", "good2", "good3"]);
    expect(faults).toEqual([
      { line: 5, column: 3, message: 'in the entry that begins in line 3: expected a comma or }, got "year={2020}}"' },
      { line: 9, column: 1, message: 'in the entry that begins in line 7: expected a comma or }, got "@a{good3,"' },
    ]);
  });

  it.each([
    ["@article", "expected { after @article, got the end of the text"],
    ["@a{, title={x}}", 'expected the key of the entry (1 to 200 characters, no space or comma), got ","'],
    ["@a{two words, title={x}}", 'expected a comma or }, got "words,"'],
    ["@a{k, title}", 'expected = after title, got "}"'],
    ["@a{k, title=}", 'expected a value: {…}, "…", a number or a name of @string, got "}"'],
    ["@a{k, title={x}", "expected a comma or }, got the end of the text"],
    ['@a{k, title="x}', 'expected a closing ", got "}"'],
    ["@a{k, title={x)", "expected a closing }, got the end of the text"],
    ["@a{k, 1x={x}}", 'expected the name of a field, got "1x={x}}"'],
    ["@a{k, title={a\0b}}", "the entry holds the character U+0000, which cannot be stored"],
    ["@string{a = {x}", "expected } at the end of @string, got the end of the text"],
    ["@comment{ {}", "expected a closing } of @comment, got the end of the text"],
    [`@a{${"k".repeat(201)}, title={x}}`, 'expected a comma or }, got "k,"'],
  ])("says what is wrong with %j", (source, message) => {
    const { entries, faults } = splitBibtex(source);
    expect(entries).toEqual([]);
    expect(faults.map((fault) => fault.message)).toEqual([`in the entry that begins in line 1: ${message}`]);
  });

  it("finds entries again that stand one after the other in any layout", () => {
    const word = fc.stringMatching(/^[A-Za-z][A-Za-z0-9]{0,8}$/);
    const value = fc.oneof(
      fc.stringMatching(/^[^{}\0\uD800-\uDFFF]{0,30}$/).map((text) => `{${text}}`),
      fc.stringMatching(/^[^{}"\0\uD800-\uDFFF]{0,30}$/).map((text) => `"{${text}}"`),
      fc.nat().map(String),
    );
    const space = fc.stringMatching(/^[ \n\t]{0,3}$/);
    const entry = fc
      .tuple(word, fc.array(fc.tuple(word, value, space), { maxLength: 5 }))
      .map(([key, fields]) => `@misc{${key}${fields.map(([name, text, gap]) => `,${gap}f${name}${gap}=${gap}${text}${gap}`).join("")}}`);
    fc.assert(
      fc.property(fc.array(entry, { maxLength: 6 }), space, (texts, gap) => {
        const { entries, faults } = splitBibtex(texts.join(gap));
        expect(faults).toEqual([]);
        expect(entries.map(({ text }) => text)).toEqual(texts);
      }),
    );
  });
});
