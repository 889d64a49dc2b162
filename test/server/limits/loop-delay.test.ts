import { setTimeout as sleep } from "node:timers/promises";
import { LoopDelayMonitor } from "../../../src/server/limits/loop-delay";

test("the event loop is late by as long as somebody holds it up, until that was read", async () => {
  const monitor = new LoopDelayMonitor();
  try {
    monitor.read();
    await sleep(50);
    for (const end = performance.now() + 200; performance.now() < end;);
    await sleep(50);
    const { p50, p99, max } = monitor.read();
    expect(max).toBeGreaterThan(100);
    expect(p99).toBeGreaterThanOrEqual(p50);
    expect(monitor.read().max).toBe(0);
  } finally {
    monitor.stop();
  }
});
