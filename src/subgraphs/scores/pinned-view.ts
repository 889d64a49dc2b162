import type { View } from "../../board/view";
import { ExpectedError } from "../../errors";
import type { Context } from "../../federation/context";
import type { PageArguments } from "../../federation/page-arguments";
import { readPage } from "../../federation/paginate";

/**
 * What the viewer saw at the revision that the cursors of a page carry, or sees now if it has none. Throws EXPIRED_CURSOR once that
 * revision is no longer kept, and what `readPage` throws.
 */
export function pinnedView(context: Context, list: readonly unknown[], page: PageArguments): View {
  const { after, before } = readPage(context, list, page);
  const revision = after?.revision ?? before?.revision ?? null;
  const view = revision === null ? context.view : context.view.at(revision);
  if (!view) throw new ExpectedError("EXPIRED_CURSOR", "This list was begun too many changes ago. Start again without a cursor.");
  return view;
}
