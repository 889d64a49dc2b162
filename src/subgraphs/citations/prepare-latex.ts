/** Fields that are not LaTeX. */
const VERBATIM = new Set(["doi", "url", "eprint", "file", "pdf", "eprinttype", "verba", "verbb", "verbc"]);

const CHARACTERS: Readonly<Record<string, string>> = {
  aa: "å",
  AA: "Å",
  dots: "…",
  ldots: "…",
  slash: "/",
  "~": "{\\textasciitilde}",
  "^": "{\\textasciicircum}",
};

/** Commands that citation-js does not know: letters, accents over nothing, spacing. Read from left to right, so that `\\` is not half of another. */
const COMMAND = /\\(?:(aa|AA|dots|ldots|slash)(?![A-Za-z])\s*(?:\{\})?|([~^])\s*\{\s*\}|([\\, ])|[;:!\-/@])/g;

/** LaTeX of a field with what citation-js does not know replaced by what it knows. */
export function prepareLatex(field: string, value: string): string {
  if (VERBATIM.has(field)) return value;
  return value.replace(COMMAND, (_, letter?: string, accent?: string, space?: string) => {
    const name = letter ?? accent;
    return name === undefined ? (space === undefined ? "" : " ") : CHARACTERS[name];
  });
}
