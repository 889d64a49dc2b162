import { isCondition } from "./is-condition";

/** The conditions of an address, to put behind the address of another page: `?asOf=2023-12-31`. Empty if there are none. */
export function keepConditions(search: URLSearchParams): string {
  const kept = new URLSearchParams([...search].filter(([name]) => isCondition(name)));
  return kept.size > 0 ? `?${kept.toString()}` : "";
}
