/** Tells when work on an answer is to stop: its client has gone, or it takes too long. */
export class WorkSignal {
  private readonly controller = new AbortController();
  private timer: NodeJS.Timeout | undefined;

  /** `whenGone`: calls a listener when the client has gone. Default: it never does. */
  constructor(whenGone?: (listener: () => void) => void) {
    whenGone?.(() => this.controller.abort());
  }

  get signal(): AbortSignal {
    return this.controller.signal;
  }

  /** What work brings if it brings it within so many milliseconds; else `late()`, and the work is told to stop. */
  within<T>(milliseconds: number, work: PromiseLike<T> | T, late: () => T): Promise<T> | T {
    if (!(typeof work === "object" && work !== null && "then" in work)) return work;
    return new Promise<T>((resolve, reject) => {
      this.timer = setTimeout(() => {
        resolve(late());
        this.controller.abort();
      }, milliseconds);
      work.then(resolve, reject);
    }).finally(() => clearTimeout(this.timer));
  }
}
