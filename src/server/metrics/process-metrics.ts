import process from "node:process";
import { type LoopDelay, LoopDelayMonitor } from "../limits/loop-delay";
import type { Told } from "./tell";

/** What the runtime tells of the process itself, as metrics, until `stop` is called. */
export function processMetrics(): { readonly metrics: readonly Told[]; stop(): void } {
  const monitor = new LoopDelayMonitor();
  const begun = Date.now() / 1000 - process.uptime();
  const told: [keyof LoopDelay, string][] = [
    ["p50", "0.5"],
    ["p99", "0.99"],
    ["max", "1"],
  ];
  return {
    metrics: [
      {
        name: "event_loop_delay_seconds",
        help: "By how much the event loop was late since this was last asked for, by quantile; 1: the most.",
        labels: ["quantile"],
        read() {
          const delay = monitor.read();
          return told.map(([name, quantile]) => [delay[name] / 1000, quantile] as const);
        },
      },
      {
        name: "process_cpu_seconds_total",
        help: "Time of processors that the process used.",
        read() {
          const { user, system } = process.cpuUsage();
          return (user + system) / 1e6;
        },
      },
      {
        name: "process_memory_bytes",
        help: "Memory of the process: resident (all), heap (objects of JavaScript that are used), buffers (outside of that).",
        labels: ["kind"],
        read() {
          const { rss, heapUsed, arrayBuffers } = process.memoryUsage();
          return [
            [rss, "resident"],
            [heapUsed, "heap"],
            [arrayBuffers, "buffers"],
          ];
        },
      },
      { name: "process_start_time_seconds", help: "When the process began, in seconds since 1970.", read: () => begun },
    ],
    stop: () => monitor.stop(),
  };
}
