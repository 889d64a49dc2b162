import { useMemo, useSyncExternalStore } from "react";

const listeners = new Set<() => void>();
const tell = () => listeners.forEach((listener) => listener());

function subscribe(listener: () => void): () => void {
  if (listeners.size === 0) addEventListener("popstate", tell);
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) removeEventListener("popstate", tell);
  };
}

/** The address of the page, which holds all that was chosen on it. */
export function useLocation(): { readonly path: string; readonly search: URLSearchParams } {
  const href = useSyncExternalStore(subscribe, () => location.href);
  return useMemo(() => {
    const { pathname, searchParams } = new URL(href);
    return { path: pathname, search: searchParams };
  }, [href]);
}

/** Goes to another address of the pages. `replace`: in the place of this one, so that "back" does not lead through each step of a slider. */
export function navigate(to: string, { replace = false } = {}): void {
  history[replace ? "replaceState" : "pushState"](null, "", to);
  if (!replace) scrollTo(0, 0);
  tell();
}
