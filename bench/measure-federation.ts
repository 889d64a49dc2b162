import { SUBGRAPHS } from "../src/server/subgraphs";
import { type Figure, median, timed } from "./measure";
import { post } from "./post";
import { card } from "./questions";
import { besideChild } from "./run-child";
import type { Subject } from "./subject";

const ROUNDS = 15;
const TIMES = 10;
const WARM_UP = 50;

/** One card, joined in one process, and through the gateway over five processes: in turn, so that what else the machine does falls on both. */
export async function measureFederation({ url, size: { models } }: Subject): Promise<Figure[]> {
  return besideChild("serve-platform", [url], (joined: string) =>
    besideSubgraphs(url, [], (places) =>
      besideChild("serve-gateway", [places.join(",")], async (gateway: string) => {
        const [one, other]: number[][] = [[], []];
        for (const place of [joined, gateway]) await timed(() => post(place, card()), { rounds: WARM_UP });
        for (let round = 0; round < ROUNDS; round++) {
          one.push(...(await timed(() => post(joined, card()), { times: TIMES, rounds: 1 })));
          other.push(...(await timed(() => post(gateway, card()), { times: TIMES, rounds: 1 })));
        }
        const figure = (name: string, unit: Figure["unit"], rounds: number[]): Figure => ({
          ...{ bench: "federation", name, models, unit, rounds },
          median: unit === "ratio" ? median(other) / median(one) : median(rounds),
        });
        return [
          figure("one card, joined", "ms", one),
          figure("one card, gateway and five subgraphs", "ms", other),
          figure("gateway to joined", "ratio", other.map((time, round) => time / one[round])), // prettier-ignore
        ];
      }),
    ),
  );
}

/** Runs with each subgraph in a process of its own. */
async function besideSubgraphs<T>(url: string, places: readonly string[], use: (places: readonly string[]) => Promise<T>): Promise<T> {
  const next = SUBGRAPHS[places.length]?.name;
  if (next === undefined) return use(places);
  return besideChild("serve-subgraph", [url, next], (place: string) => besideSubgraphs(url, [...places, `${next}=${place}`], use));
}
