import { useSyncExternalStore } from "react";

let count = 0;
const listeners = new Set<() => void>();

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}

/** How often the reader asked for what is newest. 0: what was answered before is good enough. */
export const useFreshness = (): number => useSyncExternalStore(subscribe, () => count);

/** Has all that is shown asked for anew. It stays in sight until the answers come. */
export function refresh(): void {
  count++;
  listeners.forEach((listener) => listener());
}
