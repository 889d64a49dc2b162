import { inSlices, Unwanted } from "./in-slices";
import { whenAborted } from "./when-aborted";

interface Work {
  readonly result: Promise<unknown>;
  /** Who waits for it. It goes on as long as there is anybody. */
  waiting: number;
}

/** Long computations under way, by key: who asks for one that is running waits for that one. */
export class SharedWork {
  private readonly running = new Map<string, Work>();

  /**
   * The result of the computation of this key, which is begun unless it runs already. `signal` tells when the asker has gone; a
   * computation stops when all have.
   */
  run<T>(key: string, begin: () => Generator<unknown, T>, signal?: AbortSignal): Promise<T> {
    if (signal?.aborted) return Promise.reject(new Unwanted());
    const work = this.running.get(key) ?? this.start(key, begin);
    work.waiting++;
    if (signal === undefined) return work.result as Promise<T>;
    const stay = whenAborted(signal, () => {
      if (--work.waiting === 0 && this.running.get(key) === work) this.running.delete(key);
    });
    return (work.result as Promise<T>).finally(stay);
  }

  private start<T>(key: string, begin: () => Generator<unknown, T>): Work {
    // Begins in a turn of its own, after `run` has counted who waits.
    const result = Promise.resolve()
      .then(() => inSlices(begin(), () => work.waiting > 0))
      .finally(() => {
        if (this.running.get(key) === work) this.running.delete(key);
      });
    result.catch(() => undefined);
    const work: Work = { result, waiting: 0 };
    this.running.set(key, work);
    return work;
  }
}
