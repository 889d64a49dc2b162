import { setImmediate as turn } from "node:timers/promises";
import { Admission, LOAD } from "../../../src/server/limits/admission";
import { zeroLimitCounts } from "../../../src/server/limits/limit-counts";

/** An admission, and in which order operations were let in. */
function open(load = {}) {
  const counts = zeroLimitCounts();
  const admission = new Admission(counts, { ...LOAD, wait: 60_000, ...load });
  const order: string[] = [];
  const enter = async (name: string, cost: number, signal?: AbortSignal) => {
    const leave = await admission.enter(cost, signal);
    order.push(name);
    return leave;
  };
  const until = async (holds: () => boolean) => {
    while (!holds()) await turn();
  };
  return { admission, counts, order, enter, until };
}

test("who comes to an idle process begins at once", async () => {
  const { enter, counts } = open();
  const leave = await enter("one", 40_000);
  expect(counts).toMatchObject({ running: 1, runningCost: 40_000, waiting: 0, admittedTotal: 1 });
  leave();
  leave();
  expect(counts).toMatchObject({ running: 0, runningCost: 0 });
});

test("small operations go past large ones, and equal ones in the order in which they came", async () => {
  const { enter, order } = open();
  const all = [
    enter("first", 2_000),
    enter("large", 4_000),
    enter("card", 2_000),
    enter("card 2", 2_000),
    enter("small", 10),
    enter("small 2", 10),
  ];
  for (const leave of await Promise.all(all)) leave();
  expect(order).toEqual(["first", "small", "small 2", "card", "card 2", "large"]);
});

test("large operations wait until there is room for their cost, small ones do not", async () => {
  const { enter, order, until, counts } = open({ runningCost: 100_000 });
  const first = await enter("first", 50_000);
  await turn();
  void enter("second", 50_000);
  await until(() => order.length === 2);
  const third = enter("third", 50_000);
  const small = enter("small", 1_000);
  await small;
  expect(order).toEqual(["first", "second", "small"]);
  expect(counts).toMatchObject({ waiting: 1, waitingCost: 50_000 });
  first();
  await third;
  expect(order.at(-1)).toBe("third");
});

test("who would have to wait for too long is sent away at once, and told when to come again", async () => {
  const { enter, admission, counts, until } = open({ waiting: 2, running: 1 });
  const leave = await enter("runs", 10);
  const waiting = [enter("waits", 10), enter("waits too", 10)];
  await until(() => counts.waiting === 2);
  expect(admission.refuse(10)).toMatchObject({ code: "UNAVAILABLE", extensions: { code: "UNAVAILABLE", retryAfter: 1 } });
  await expect(enter("too many", 10)).rejects.toMatchObject({ code: "UNAVAILABLE" });
  expect(counts.overloadedTotal).toBe(2);
  leave();
  (await waiting[0])();
  (await waiting[1])();
  expect(admission.isQueued).toBe(false);
  expect(admission.refuse(10)).toBeNull();
});

test("who has gone while waiting makes room", async () => {
  const { enter, counts, until } = open({ running: 1 });
  const leave = await enter("runs", 10);
  const gone = new AbortController();
  const waiting = enter("goes", 10, gone.signal);
  waiting.catch(() => undefined);
  const next = enter("next", 10);
  await until(() => counts.waiting === 2);
  gone.abort();
  leave();
  (await next)();
  await expect(waiting).rejects.toMatchObject({ code: "UNAVAILABLE" });
  expect(counts).toMatchObject({ running: 0, waiting: 0, waitingCost: 0 });
});
