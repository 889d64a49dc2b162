import type { View } from "../../board/view";
import type { PlainTexts } from "./write-plain";

/** Addresses that links in kept texts begin with, at most: clients choose by what name they reach a server. */
const ADDRESSES_AT_MOST = 4;

/**
 * What was written of objects for whoever has no account, as it is on one board: with fields that depend on the board, and on the address
 * that links begin with. Goes with the board.
 */
export class LastingTexts {
  private readonly byBoard = new WeakMap<object, Map<string, PlainTexts>>();

  /** Null where nothing is kept: what an account sees is for that alone (§10). */
  of(view: View, baseUrl: string): PlainTexts | null {
    if (view.viewer !== null) return null;
    let byAddress = this.byBoard.get(view.sameFor);
    if (!byAddress) this.byBoard.set(view.sameFor, (byAddress = new Map()));
    let texts = byAddress.get(baseUrl);
    if (!texts) {
      if (byAddress.size >= ADDRESSES_AT_MOST) byAddress.clear();
      byAddress.set(baseUrl, (texts = new WeakMap()));
    }
    return texts;
  }
}
