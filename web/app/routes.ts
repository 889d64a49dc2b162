/** What an address shows. */
export type Route =
  | { readonly page: "home" | "account" | "nothing" }
  | { readonly page: "leaderboard" | "compare" | "changes"; readonly domain: string }
  | { readonly page: "model"; readonly domain: string; readonly name: string }
  | { readonly page: "benchmark"; readonly domain: string; readonly identifier: string };

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

/** Reads the path of an address. */
export function readRoute(path: string): Route {
  const [first, second, ...rest] = path.split("/").filter(Boolean).map(decode);
  const named = rest.join("/");
  if (first === undefined) return { page: "home" };
  if (first === "account" && second === undefined) return { page: "account" };
  if (second === undefined) return { page: "leaderboard", domain: first };
  if (second === "model" && named) return { page: "model", domain: first, name: named };
  if (second === "benchmark" && named) return { page: "benchmark", domain: first, identifier: named };
  if ((second === "compare" || second === "changes") && !named) return { page: second, domain: first };
  return { page: "nothing" };
}

/** The addresses of the pages. */
export const paths = {
  home: "/",
  account: "/account",
  /** A file of a domain: not a page. */
  file: (domain: string, name: string) => `/exports/${encodeURIComponent(domain)}/${name}`,
  leaderboard: (domain: string) => `/${encodeURIComponent(domain)}`,
  compare: (domain: string) => `/${encodeURIComponent(domain)}/compare`,
  changes: (domain: string) => `/${encodeURIComponent(domain)}/changes`,
  model: (domain: string, name: string) => `/${encodeURIComponent(domain)}/model/${encodeURIComponent(name)}`,
  benchmark: (domain: string, identifier: string) => `/${encodeURIComponent(domain)}/benchmark/${encodeURIComponent(identifier)}`,
};
