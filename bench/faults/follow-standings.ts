import { setTimeout as pause } from "node:timers/promises";
import type { Journal } from "./journal";
import type { Served } from "./served";

/** What a subscriber heard of, and when. */
export interface Follower {
  readonly heard: { readonly at: number; readonly revision: number }[];
  /** Connections that it needed. */
  connections: number;
}

/** A line comes at least every 20 seconds from a server that is alive, events or not. */
const SILENCE = 45_000;

const QUERY = `subscription { standingsChanged(domain: "checked") { revision movers { after { rank value } } } }`;

/** Follows the standings of the checked domain as server-sent events until it is over, and comes again whenever it is cut off. */
export async function followStandings(journal: Journal, served: Served, follower: Follower, over: AbortSignal): Promise<void> {
  while (!over.aborted) {
    const from = performance.now();
    let last = 0;
    const silent = new AbortController();
    let timer = setTimeout(() => silent.abort(), SILENCE);
    try {
      const headers = { "content-type": "application/json", accept: "text/event-stream" };
      const signal = AbortSignal.any([over, silent.signal]);
      const response = await fetch(`${served.url}/graphql`, { method: "POST", headers, body: JSON.stringify({ query: QUERY }), signal });
      if (response.status !== 200) throw new Error(`status ${response.status}`);
      follower.connections++;
      let rest = "";
      const decoder = new TextDecoder();
      for await (const chunk of response.body!) {
        clearTimeout(timer);
        timer = setTimeout(() => silent.abort(), SILENCE);
        const parts = (rest + decoder.decode(chunk as Uint8Array, { stream: true })).split("\n\n");
        rest = parts.pop()!;
        for (const part of parts) {
          const json = /^data: ?(\{.*)$/m.exec(part)?.[1];
          if (json === undefined) continue;
          const { data, errors } = JSON.parse(json) as { data?: { standingsChanged: { revision: string } }; errors?: unknown };
          const revision = Number(data?.standingsChanged.revision);
          if (errors || !(revision > last)) journal.noteWrong(`a subscriber that knew ${last} was told ${json}`);
          last = revision;
          follower.heard.push({ at: performance.now(), revision });
        }
      }
      throw new Error("the stream ended");
    } catch (error) {
      // A stream lasts from before a fault: what counts is when it was cut off.
      const now = performance.now();
      if (!over.aborted)
        journal.failures.push({ kind: "subscription", from: Math.max(from, now - 1_000), to: now, told: (error as Error).message });
    } finally {
      clearTimeout(timer);
    }
    await pause(200);
  }
}
