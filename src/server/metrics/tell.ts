import { Counter, Gauge, type Registry } from "prom-client";

/** A value, and the values of its labels in their order. */
type Value = readonly [value: number, ...labels: string[]];

/** A metric whose values are read when it is asked for. */
export interface Told {
  /** Without the `scoretree_` that all begin with. One that ends in `_total` only grows. */
  readonly name: string;
  readonly help: string;
  /** Names of its labels. Default: none. */
  readonly labels?: readonly string[];
  readonly read: () => number | readonly Value[];
}

/** Has a registry tell of metrics whose values stand elsewhere. */
export function tell(registry: Registry, metrics: readonly Told[]): void {
  for (const { name, help, labels = [], read } of metrics) {
    const values = (): readonly Value[] => {
      const got = read();
      return typeof got === "number" ? [[got]] : got;
    };
    const options = { name: `scoretree_${name}`, help, labelNames: labels, registers: [registry] };
    const named = (given: readonly string[]) => Object.fromEntries(labels.map((label, at) => [label, given[at]]));
    if (name.endsWith("_total"))
      new Counter({
        ...options,
        collect() {
          this.reset();
          for (const [value, ...given] of values()) this.inc(named(given), value);
        },
      });
    else
      new Gauge({
        ...options,
        collect() {
          this.reset();
          for (const [value, ...given] of values()) this.set(named(given), value);
        },
      });
  }
}
