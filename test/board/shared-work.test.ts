import { getEventListeners } from "node:events";
import { describe, expect, it } from "@jest/globals";
import { allInSlices, eachInSlices, inSlices, Unwanted } from "../../src/board/in-slices";
import { SharedWork } from "../../src/board/shared-work";

/** Holds the event loop. */
function burn(milliseconds: number): void {
  const end = performance.now() + milliseconds;
  while (performance.now() < end);
}

/** Steps of 5 ms each; counts them and how often it was begun. */
function counted(steps: number) {
  const seen = { begun: 0, steps: 0 };
  const begin = function* (): Generator<void, string> {
    seen.begun++;
    for (let step = 0; step < steps; step++) {
      burn(5);
      seen.steps++;
      yield;
    }
    return "done";
  };
  return { seen, begin };
}

const breathe = () => new Promise((resolve) => setImmediate(resolve));

/** The most that a count grows in one turn of the event loop while something runs. */
async function mostInATurn(count: () => number, run: () => Promise<unknown>): Promise<number> {
  let [most, last, isRunning] = [0, 0, true];
  const look = () => {
    most = Math.max(most, count() - last);
    last = count();
    if (isRunning) setImmediate(look);
  };
  look();
  await run();
  isRunning = false;
  look();
  return most;
}

describe("a computation in slices", () => {
  it("gives way to others again and again", async () => {
    const { seen, begin } = counted(40);
    const most = await mostInATurn(
      () => seen.steps,
      () => inSlices(begin(), () => true),
    );
    // Slices of 20 ms, steps of 5.
    expect(most).toBeLessThanOrEqual(5);
    expect(seen.steps).toBe(40);
  });

  it("shares a turn with others: neither many at once nor one after the other hold up the rest", async () => {
    const { seen, begin } = counted(3);
    const one = async () => {
      for (let part = 0; part < 3; part++) await inSlices(begin(), () => true);
    };
    const most = await mostInATurn(
      () => seen.steps,
      () => Promise.all(Array.from({ length: 6 }, one)),
    );
    // One slice, and a step or two of each of the others; each with a clock of its own would make 24.
    expect(most).toBeLessThanOrEqual(14);
    expect(seen.steps).toBe(54);
  });

  it("never gives way more often than it has to: short ones end in one turn", async () => {
    // In a turn of its own.
    await breathe();
    await breathe();
    let turned = false;
    setImmediate(() => (turned = true));
    const short = function* (): Generator<void, void> {
      yield;
    };
    await inSlices(short(), () => true);
    expect(turned).toBe(false);
  });

  it("stops between two slices if nobody wants it", async () => {
    const { seen, begin } = counted(1_000);
    const controller = new AbortController();
    const running = allInSlices(begin(), controller.signal);
    await breathe();
    await breathe();
    controller.abort();
    await expect(running).rejects.toBeInstanceOf(Unwanted);
    expect(seen.steps).toBeLessThan(100);
  });

  it("gathers what it makes, without the steps between", async () => {
    const steps = function* (): Generator<number | void> {
      yield 1;
      yield;
      yield 0;
    };
    expect(await allInSlices<number>(steps())).toEqual([1, 0]);
  });

  it("passes on what it throws", async () => {
    const failing = function* (): Generator<void, never> {
      yield;
      throw new Error("no number");
    };
    await expect(inSlices(failing(), () => true)).rejects.toThrow("no number");
  });
});

describe("things made in slices", () => {
  const squares = function* (count: number): Generator<number | void> {
    for (let at = 0; at < count; at++) {
      burn(5);
      yield at * at;
      yield;
    }
  };

  it("come in their order, each as soon as it is made, and others have their turn meanwhile", async () => {
    let made = 0;
    const promises = eachInSlices(squares(20), 20);
    for (const promise of promises) void promise.then(() => made++);
    const most = await mostInATurn(
      () => made,
      () => Promise.all(promises),
    );
    expect(await Promise.all(promises)).toEqual(Array.from({ length: 20 }, (_, at) => at * at));
    expect(most).toBeLessThanOrEqual(5);
  });

  it("are not made for who has gone, and all that are left say so", async () => {
    const controller = new AbortController();
    const promises = eachInSlices(squares(1_000), 1_000, controller.signal);
    await promises[0];
    controller.abort();
    const results = await Promise.allSettled(promises);
    expect(results.filter(({ status }) => status === "fulfilled").length).toBeLessThan(100);
    expect(results.at(-1)).toMatchObject({ status: "rejected", reason: expect.any(Unwanted) });
  });

  it("fail with what goes wrong, and where fewer are made than were said", async () => {
    const results = await Promise.allSettled(eachInSlices(squares(2), 3));
    expect(results.map(({ status }) => status)).toEqual(["fulfilled", "fulfilled", "rejected"]);
    expect(results[2]).toMatchObject({ reason: { message: expect.stringContaining("2 of 3 were made") } });
  });
});

describe("shared work", () => {
  it("is done once for all who ask meanwhile, and anew for who asks later", async () => {
    const { seen, begin } = counted(10);
    const work = new SharedWork();
    const all = await Promise.all([work.run("a", begin), work.run("a", begin), breathe().then(() => work.run("a", begin))]);
    expect(all).toEqual(["done", "done", "done"]);
    expect(seen).toEqual({ begun: 1, steps: 10 });
    await work.run("b", begin);
    await work.run("a", begin);
    expect(seen.begun).toBe(3);
  });

  it("goes on while anybody waits", async () => {
    const { seen, begin } = counted(40);
    const work = new SharedWork();
    const [first, second] = [new AbortController(), new AbortController()];
    const results = [work.run("a", begin, first.signal), work.run("a", begin, second.signal)];
    await breathe();
    first.abort();
    expect(await results[1]).toBe("done");
    expect(seen).toEqual({ begun: 1, steps: 40 });
    // One that asks without a signal never goes.
    const patient = [work.run("b", begin, second.signal), work.run("b", begin)];
    await breathe();
    second.abort();
    expect(await patient[1]).toBe("done");
    await patient[0];
  });

  it("stops when all have gone, and begins anew for who comes then", async () => {
    const { seen, begin } = counted(400);
    const work = new SharedWork();
    const [first, second] = [new AbortController(), new AbortController()];
    const results = Promise.allSettled([work.run("a", begin, first.signal), work.run("a", begin, second.signal)]);
    await breathe();
    first.abort();
    second.abort();
    expect((await results).map(({ status }) => status)).toEqual(["rejected", "rejected"]);
    expect(seen.steps).toBeLessThan(100);
    const short = counted(1);
    expect(await work.run("a", short.begin)).toBe("done");
    expect(short.seen.begun).toBe(1);
  });

  it("asks the signal of one who waits for many computations once, and stops them all when it goes", async () => {
    const work = new SharedWork();
    const gone = new AbortController();
    const many = Array.from({ length: 20 }, (_, at) => counted(at === 0 ? 1 : 400));
    const results = many.map(({ begin }, at) => work.run(String(at), begin, gone.signal));
    expect(getEventListeners(gone.signal, "abort")).toHaveLength(1);
    expect(await results[0]).toBe("done");
    gone.abort();
    const settled = await Promise.allSettled(results);
    expect(settled.slice(1).every(({ status }) => status === "rejected")).toBe(true);
  });

  it("leaves the newer one alone when an older one of its key stops", async () => {
    const { begin } = counted(400);
    const work = new SharedWork();
    const gone = new AbortController();
    const old = work.run("a", begin, gone.signal);
    await breathe();
    gone.abort();
    const fresh = counted(20);
    const renewed = work.run("a", fresh.begin);
    await expect(old).rejects.toBeInstanceOf(Unwanted);
    const joined = work.run("a", fresh.begin);
    expect(await Promise.all([renewed, joined])).toEqual(["done", "done"]);
    expect(fresh.seen.begun).toBe(1);
  });

  it("does not begin for who has gone already", async () => {
    const { seen, begin } = counted(1);
    const work = new SharedWork();
    await expect(work.run("a", begin, AbortSignal.abort())).rejects.toBeInstanceOf(Unwanted);
    await breathe();
    expect(seen.begun).toBe(0);
    // Another one's work is not stopped by it.
    const running = work.run("b", begin);
    await expect(work.run("b", begin, AbortSignal.abort())).rejects.toBeInstanceOf(Unwanted);
    expect(await running).toBe("done");
  });

  it("tells everybody what went wrong, and tries again for the next one", async () => {
    let tries = 0;
    const begin = function* (): Generator<void, number> {
      yield;
      if (++tries === 1) throw new Error("no number");
      return tries;
    };
    const work = new SharedWork();
    const results = await Promise.allSettled([work.run("a", begin), work.run("a", begin)]);
    expect(results.map(({ status }) => status)).toEqual(["rejected", "rejected"]);
    expect(await work.run("a", begin)).toBe(2);
  });
});
