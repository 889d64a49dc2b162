const DOI = /^10\.\d{4,9}(?:\.\d+)*\/\S{1,200}$/;
const RESOLVER = /^(?:https?:\/\/)?(?:dx\.|www\.)?doi\.org\//i;

/** A DOI out of text such as `10.1038/NN.3402`, `doi:10.…` or `https://doi.org/10.…`: lower case, without resolver. Null if it is none. */
export function readDoi(text: string): string | null {
  const doi = unescapeLatex(text)
    .replace(/^doi:\s*/i, "")
    .replace(RESOLVER, "")
    .toLowerCase();
  return DOI.test(doi) ? doi : null;
}

/** The DOI that a URL of the resolver names; null for any other URL. */
export function doiOfUrl(url: string): string | null {
  if (!RESOLVER.test(url)) return null;
  try {
    return readDoi(decodeURIComponent(url));
  } catch {
    return readDoi(url);
  }
}

/** A verbatim field without the escapes that people put into it for LaTeX: `10.1000/a\_b` → `10.1000/a_b`. */
export const unescapeLatex = (text: string): string =>
  text
    .replace(/\\([_%&#$~{}])/g, "$1")
    .replace(/\{([_%&#$~]?)\}/g, "$1")
    .trim();
