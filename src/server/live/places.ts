import type { ExecutionArgs, FormattedExecutionResult } from "graphql";
import type { LiveCounts } from "./counts";
import type { LiveLimits } from "./limits";
import type { Subscriber } from "./live";

/** The answers of a subscription, as they go to its client. */
export type Answers = AsyncGenerator<FormattedExecutionResult, void, void>;

/** The places that a process has for connections of subscribers. */
export class Places {
  constructor(
    readonly limits: LiveLimits,
    readonly counts: LiveCounts,
  ) {}

  /** Notes that a client was dropped who does not read what it is sent. */
  noteDrop({ log }: Subscriber["request"], waitingBytes: number): void {
    this.counts.droppedTotal++;
    log.warn({ waitingBytes }, "A subscriber is dropped: it does not read what it is sent.");
  }

  /** Takes a place for a connection; what is given back leaves it. Null if there is none left. */
  enter(kind: "webSockets" | "eventStreams"): (() => void) | null {
    const { counts, limits } = this;
    if (counts.webSockets + counts.eventStreams >= limits.connections) {
      counts.refusedTotal++;
      return null;
    }
    counts[kind]++;
    let isIn = true;
    return () => {
      if (isIn) counts[kind]--;
      isIn = false;
    };
  }
}

/** Places whose clients can subscribe. */
export interface Subscriptions extends Places {
  /** Begins a subscription. What is wrong with it is its only answer. */
  subscribe(args: ExecutionArgs, subscriber: Subscriber): Answers;
}
