/**
 * A page with its figures filled in: what stands between `<!-- figures: NAME -->` and `<!-- end of figures -->` gives way to the text of that
 * name. Throws if the page has a name that is unknown, or lacks one.
 */
export function fillPage(page: string, texts: Readonly<Record<string, string>>): string {
  const filled = new Set<string>();
  const result = page.replace(
    /(<!-- figures: (.+?) -->\n)[^]*?(<!-- end of figures -->)/g,
    (_, begin: string, name: string, end: string) => {
      if (!Object.hasOwn(texts, name))
        throw new Error(`The page asks for figures of ${JSON.stringify(name)}; there are ${Object.keys(texts).join(", ")}.`);
      filled.add(name);
      return `${begin}\n${texts[name]}\n\n${end}`;
    },
  );
  const missing = Object.keys(texts).filter((name) => !filled.has(name));
  if (missing.length > 0) throw new Error(`The page has no place for the figures of ${missing.join(", ")}.`);
  return result;
}
