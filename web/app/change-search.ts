import { navigate } from "./location";

/** What parameters are to be: a value, several, or null for none. Those that are not named stay. */
export type Changes = Readonly<Record<string, string | readonly string[] | null>>;

/** The parameters of an address with some of them changed. Commas and colons stay readable. */
export function withChanges(search: URLSearchParams, changes: Changes): string {
  const next = new URLSearchParams(search);
  for (const [name, value] of Object.entries(changes)) {
    next.delete(name);
    for (const one of value === null ? [] : [value].flat()) next.append(name, one as string);
  }
  const text = next.toString().replaceAll("%2C", ",").replaceAll("%3A", ":");
  return text === "" ? "" : `?${text}`;
}

/** Changes parameters of the address of the page, in its place. */
export function changeSearch(changes: Changes): void {
  navigate(location.pathname + withChanges(new URLSearchParams(location.search), changes), { replace: true });
}
