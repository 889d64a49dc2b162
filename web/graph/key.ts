const PLACE = "scoretree.key";

/** The API key that the reader signed in with, kept until the tab is closed; null if there is none. */
export const readKey = (): string | null => sessionStorage.getItem(PLACE);

/** Signs in with a key, or out with null. Whatever was asked before is to be asked again: load the page anew. */
export function writeKey(key: string | null): void {
  if (key === null) sessionStorage.removeItem(PLACE);
  else sessionStorage.setItem(PLACE, key);
}
