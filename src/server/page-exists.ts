import type { View } from "../board/view";

/** What the address of a page names. Nothing: the page of a platform as such. */
export interface PageSubject {
  readonly domain?: string;
  /** A model's name. */
  readonly model?: string;
  /** A benchmark's identifier. */
  readonly benchmark?: string;
}

/** True if a view has what a page's address names. What the viewer may not see is not there (§10). */
export function pageExists(view: View, { domain, model, benchmark }: PageSubject): boolean {
  if (domain === undefined) return true;
  const board = view.domain(domain);
  if (board === null) return false;
  if (model !== undefined) return view.modelByName(board, model) !== -1;
  return benchmark === undefined || board.catalog.benchmarks.some(({ identifier }) => identifier === benchmark);
}
