import { unescapeLatex } from "./read-doi";

const SCHEME = /^[a-z][a-z0-9+.-]*:/i;
const HOST = /^(?:\/\/)?[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,}(?::\d+)?(?:[/?#]|$)/i;

const LONGEST = 2000;

/** An absolute http(s) URL out of a field: `\url{…}` is opened, LaTeX escapes removed, and what has no scheme gets https. Null if it is none, or longer than 2,000
 * characters. */
export function readUrl(text: string): string | null {
  const address = unescapeLatex(text.replace(/^\\url\s*\{(.*)\}$/, "$1"));
  if (address.length > LONGEST || /\s/.test(address)) return null;
  // A host with a port looks like a scheme.
  const absolute = HOST.test(address) ? `https://${address.replace(/^\/\//, "")}` : address;
  if (!SCHEME.test(absolute) || !URL.canParse(absolute)) return null;
  const { protocol, href, username } = new URL(absolute);
  return (protocol === "https:" || protocol === "http:") && !username ? href : null;
}
