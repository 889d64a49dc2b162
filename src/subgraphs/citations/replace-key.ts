/** The text of a BibTeX entry under another key; everything else stays as it is. */
export const replaceKey = (bibtex: string, key: string): string =>
  bibtex.replace(/^(@[ \t]*[A-Za-z]+\s*[{(](?:\s|%[^\r\n]*)*)[^\s,{}"#%\\=]+/, (_, before: string) => before + key);
