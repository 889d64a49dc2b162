import type { IncomingMessage } from "node:http";
import { performance } from "node:perf_hooks";
import type { Viewer } from "../../board/viewer";
import { ExpectedError } from "../../errors";
import type { RateLimitState } from "../../federation/rate-limit-state";
import { clientAddress } from "./client-address";
import type { Estimate } from "./estimate";
import type { LimitCounts } from "./limit-counts";
import { RateWindow } from "./rate-window";

/** How long a window of a budget lasts, in milliseconds. */
const WINDOW = 60_000;

/** Cost of a request that tries a credential which is good for nobody. */
const FAILED_CREDENTIAL = 1_000;

/** Stands for a limit where there is none: the largest number that GraphQL's Int holds. */
const MOST = 2 ** 31 - 1;

/** What askers may use in a minute, in units of cost; null: any amount. */
export interface Rates {
  /** Of an address without an account. Default 600,000. */
  readonly byAddress: number | null;
  /** Of an account, whichever of its keys is sent. Default 3,000,000. */
  readonly byAccount: number | null;
}

export interface BudgetsOptions {
  readonly rates: Rates;
  /** Proxies whose word on where a request is from is taken. Default: none. */
  readonly trustedProxies?: readonly string[];
  readonly counts: LimitCounts;
  /** A clock in milliseconds that only goes on, whatever is done to the machine's: nobody is shut out or let in by that. */
  readonly now?: () => number;
  /** What is the time, in milliseconds since 1970: told, not counted by. Default: the machine's clock. */
  readonly wall?: () => number;
}

/** What the one who sent a request may use. */
export interface Budget {
  /** Uses up an amount. Throws RATE_LIMITED if not so much is left. */
  take(amount: number): void;
  /** What headers of the answer say: names and values. */
  headers(): [string, string][];
  /** The budget as the API tells it, to an operation of this estimate. */
  state(estimate: Estimate): RateLimitState;
}

const nothing: [string, string][] = [];

/** Of who may use any amount. */
export const UNLIMITED: Budget = {
  take: () => undefined,
  headers: () => nothing,
  state: ({ nodes, cost }) => ({ limit: MOST, remaining: MOST, cost, nodeCount: nodes, resetAt: new Date(Date.now() + WINDOW) }),
};

/** https://datatracker.ietf.org/doc/draft-ietf-httpapi-ratelimit-headers/ (10) */
class Limited implements Budget {
  constructor(
    private readonly name: string,
    private readonly asker: string,
    private readonly window: RateWindow,
    private readonly options: Required<Pick<BudgetsOptions, "now" | "wall" | "counts">>,
  ) {}

  take(amount: number): void {
    if (this.window.take(this.asker, amount)) return;
    this.options.counts.rateLimitedTotal++;
    const { remaining, resetAt } = this.window.standing(this.asker);
    const seconds = this.secondsTo(resetAt);
    throw new ExpectedError(
      "RATE_LIMITED",
      `This costs ${amount}, and ${remaining} of ${this.window.limit} a minute are left. Try again in ${seconds} seconds.`,
      { limit: this.window.limit, remaining, cost: amount, retryAfter: seconds },
    );
  }

  headers(): [string, string][] {
    const { remaining, resetAt } = this.window.standing(this.asker);
    return [
      ["ratelimit-policy", `"${this.name}";q=${this.window.limit};w=${this.window.milliseconds / 1000}`],
      ["ratelimit", `"${this.name}";r=${remaining};t=${this.secondsTo(resetAt)}`],
    ];
  }

  state({ nodes, cost }: Estimate): RateLimitState {
    const { remaining, resetAt } = this.window.standing(this.asker);
    const { now, wall } = this.options;
    return { limit: this.window.limit, cost, remaining, resetAt: new Date(Math.round(wall() + resetAt - now())), nodeCount: nodes };
  }

  private secondsTo(instant: number): number {
    return Math.max(1, Math.ceil((instant - this.options.now()) / 1000));
  }
}

/** The budgets of all who ask a process, or each of several. */
export class Budgets {
  private readonly options: Required<Pick<BudgetsOptions, "now" | "wall" | "counts">>;
  private readonly addresses: RateWindow | null;
  private readonly accounts: RateWindow | null;
  readonly addressOf: ReturnType<typeof clientAddress>;

  constructor({ rates, trustedProxies = [], counts, now = () => performance.now(), wall = Date.now }: BudgetsOptions) {
    this.options = { now, wall, counts };
    this.addressOf = clientAddress(trustedProxies);
    this.addresses = rates.byAddress === null ? null : new RateWindow(rates.byAddress, WINDOW, now);
    this.accounts = rates.byAccount === null ? null : new RateWindow(rates.byAccount, WINDOW, now);
  }

  /** The budget that a request uses: of its account, else of its address. */
  of(request: Pick<IncomingMessage, "headers" | "socket">, viewer: Viewer): Budget {
    const window = viewer === null ? this.addresses : this.accounts;
    if (!window) return UNLIMITED;
    return new Limited(viewer === null ? "address" : "account", this.askerOf(request, viewer), window, this.options);
  }

  /** Who sent a request: an account, wherever it is, else an address. */
  askerOf(request: Pick<IncomingMessage, "headers" | "socket">, viewer: Viewer): string {
    return viewer === null ? this.addressOf(request) : String(viewer.accountPk);
  }

  /** Notes that a request brought a credential that is good for nobody. Throws RATE_LIMITED once there are too many from its address. */
  noteFailure(request: Pick<IncomingMessage, "headers" | "socket">): void {
    this.of(request, null).take(FAILED_CREDENTIAL);
  }
}
