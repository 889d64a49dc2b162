import type { Config } from "../../config";
import { Admission, LOAD } from "./admission";
import { Budgets } from "./budgets";
import { type LimitCounts, zeroLimitCounts } from "./limit-counts";
import { GATEWAY_LIMITS, type Limits, LIMITS } from "./limits";

/** What the environment says of limits; what is not said is as it is by default, and there are no budgets. */
export type LimitConfig = Partial<Pick<Config, "limits" | "rates" | "trustedProxies" | "longestWait">>;

/** What the limits of a process are: one queue and one book of budgets for all of its endpoints. */
export interface ProcessLimits {
  readonly admission: Admission;
  readonly budgets: Budgets;
  readonly counts: LimitCounts;
  limitsFor(isForGateway: boolean): Limits;
}

/** Makes the limits of a process. A gateway's requests are on behalf of many, so they have no budget. `now`: a clock in milliseconds. */
export function processLimits(
  { limits = {}, rates, trustedProxies, longestWait }: LimitConfig,
  { counts = zeroLimitCounts(), now }: { readonly counts?: LimitCounts; readonly now?: () => number } = {},
): ProcessLimits {
  return {
    counts,
    admission: new Admission(counts, { ...LOAD, ...(longestWait === undefined ? {} : { wait: longestWait }) }),
    budgets: new Budgets({ rates: rates ?? { byAddress: null, byAccount: null }, trustedProxies, counts, now }),
    limitsFor: (isForGateway) => ({ ...(isForGateway ? GATEWAY_LIMITS : LIMITS), ...limits }),
  };
}
