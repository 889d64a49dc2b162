import { postJson } from "../src/server/gateway/post-json";
import { SUBGRAPHS } from "../src/server/subgraphs";
import { type Figure, median, timed } from "./measure";
import { anew, card, CARD_MODEL, type Question } from "./questions";
import { besideChild } from "./run-child";
import type { Subject } from "./subject";

const ROUNDS = 15;
const TIMES = 10;

/** Cards that both have answered before anything is measured, of which none is asked for again. */
const WARM_UP = 200;

/** Models that are asked about before any of those that are measured, and those. */
const NEEDED = WARM_UP + ROUNDS * TIMES;

/**
 * Cards, joined in one process, and through the gateway over five processes: in turn, so that what else the machine does falls on both.
 * A card of a model that nobody asked about before is what a gateway has most to do for: nothing is kept but what all cards share.
 */
export async function measureFederation({ url, size: { models } }: Subject): Promise<Figure[]> {
  return besideChild("serve-platform", [url], (joined: string) =>
    besideSubgraphs(url, [], (places) =>
      besideChild("serve-gateway", [places.join(",")], async (gateway: string) => {
        const names = await readNames(joined);
        const cards = names.map((name) => anew({ ...card(), variables: { name } }));
        for (const question of cards.slice(0, WARM_UP)) for (const place of [joined, gateway]) await post(place, question);
        for (const question of [card(), anew(card())])
          for (const place of [joined, gateway]) await timed(() => post(place, question), { rounds: WARM_UP });
        const [forJoined, forGateway] = [cards.slice(WARM_UP).values(), cards.slice(WARM_UP).values()];
        const takeFrom = (iterator: Iterator<Question>) => () => iterator.next().value as Question;
        return [
          ...(await compare("a card nobody asked for", [takeFrom(forJoined), takeFrom(forGateway)])),
          ...(await compare("one card again, computed anew", [() => anew(card()), () => anew(card())])),
          ...(await compare("one card again, kept", [card, card])),
        ];

        async function compare(asked: string, [askJoined, askGateway]: readonly (() => Question)[]): Promise<Figure[]> {
          const [one, other]: number[][] = [[], []];
          for (let round = 0; round < ROUNDS; round++) {
            one.push(...(await timed(() => post(joined, askJoined()), { times: TIMES, rounds: 1 })));
            other.push(...(await timed(() => post(gateway, askGateway()), { times: TIMES, rounds: 1 })));
          }
          const figure = (name: string, unit: Figure["unit"], rounds: number[]): Figure => ({
            ...{ bench: "federation", name: `${asked}, ${name}`, models, unit, rounds },
            median: unit === "ratio" ? median(other) / median(one) : median(rounds),
          });
          return [
            figure("joined", "ms", one),
            figure("gateway and five subgraphs", "ms", other),
            figure("gateway to joined", "ratio", other.map((time, round) => time / one[round])), // prettier-ignore
          ];
        }
      }),
    ),
  );
}

/** Asks without looking into the answer more than need be, so that what is timed is the servers. Throws if it is none, or has errors. */
async function post(url: string, question: Question): Promise<string> {
  const headers = { "content-type": "application/json" };
  const { status, text } = await postJson(url, headers, JSON.stringify(question), AbortSignal.timeout(30_000));
  if (status !== 200 || text.includes(`"errors"`)) throw new Error(`The answer is wrong: ${text.slice(0, 400)}`);
  return text;
}

const NAMES = `query Names($after: String) {
  models(domain: "vision", first: 100, after: $after) { nodes { name } pageInfo { hasNextPage endCursor } }
}`;

/** The names of as many models as are needed, but for the one whose card is asked for again. Throws if there are fewer. */
async function readNames(url: string): Promise<string[]> {
  const names: string[] = [];
  for (let after: string | null = null; names.length < NEEDED;) {
    const text: string = await post(url, { query: NAMES, variables: { after } });
    const { nodes, pageInfo }: Page = (JSON.parse(text) as { data: { models: Page } }).data.models;
    names.push(...nodes.map(({ name }) => name).filter((name) => name !== CARD_MODEL));
    if (!pageInfo.hasNextPage) break;
    after = pageInfo.endCursor;
  }
  if (names.length < NEEDED) throw new Error(`${NEEDED} models are needed, there are ${names.length}.`);
  return names.slice(0, NEEDED);
}

interface Page {
  readonly nodes: readonly { readonly name: string }[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}

/** Runs with each subgraph in a process of its own. */
async function besideSubgraphs<T>(url: string, places: readonly string[], use: (places: readonly string[]) => Promise<T>): Promise<T> {
  const next = SUBGRAPHS[places.length]?.name;
  if (next === undefined) return use(places);
  return besideChild("serve-subgraph", [url, next], (place: string) => besideSubgraphs(url, [...places, `${next}=${place}`], use));
}
