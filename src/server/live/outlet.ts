/** What is said to who reads too slowly. */
const TOO_SLOW = "Too slow: events were not read in time. Subscribe again.";

/**
 * The way out of one connection. Its subscriptions have their events one after the other, each once the one before was read, so that at
 * most one waits in memory; a client who does not read it is let go.
 */
export class Outlet {
  private last: Promise<void> = Promise.resolve();
  private isDropped = false;

  /** `patience`: milliseconds that an event may take to be read. `onDrop` ends the connection, saying why. */
  constructor(
    private readonly patience: number,
    private readonly onDrop: (reason: string) => void,
  ) {}

  /** Waits until every other subscription of this connection is done with its event; what is given back says that this one is. */
  async turn(): Promise<() => void> {
    const before = this.last;
    let end: () => void;
    this.last = new Promise((resolve) => (end = resolve));
    await before;
    return end!;
  }

  /** Says that an event is on its way; what is given back says that it was read. */
  send(): () => void {
    const timer = setTimeout(() => this.drop(), this.patience);
    return () => clearTimeout(timer);
  }

  /** Lets the client go who is too slow. */
  drop(): void {
    if (this.isDropped) return;
    this.isDropped = true;
    this.onDrop(TOO_SLOW);
  }
}
