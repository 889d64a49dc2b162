import { print } from "@0no-co/graphql.web";
import { createClient } from "graphql-sse";
import { client } from "../graph/client";
import { readKey } from "../graph/key";
import { changedSubscription, revisionQuery } from "./queries";

/** Longest time between two attempts to connect again, in milliseconds. */
const LONGEST = 60_000;

/** Waits before an attempt: one second, then twice as long each time, and never all readers at once. */
const wait = (retries: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, Math.min(LONGEST, 1_000 * 2 ** retries) * (0.5 + Math.random())));

/**
 * Tells the revision of a domain whenever it has scores that are new, and once whenever the connection is made: something may have come
 * before. A connection that is lost is made again for as long as it takes. Gives back what ends that.
 */
export function watchStandings(domain: string, tell: (revision: string) => void): () => void {
  const key = readKey();
  const events = createClient({
    url: "/graphql",
    headers: key === null ? {} : { authorization: `Bearer ${key}` },
    retryAttempts: Infinity,
    retry: wait,
  });
  const ask = async () => {
    const { data } = await client.query(revisionQuery, { domain }, { requestPolicy: "network-only" }).toPromise();
    if (data) tell(data.standings.revision);
  };
  const end = events.subscribe<{ standingsChanged: { revision: string } }>(
    { query: print(changedSubscription), variables: { domain } },
    {
      next: ({ data }) => data && tell(data.standingsChanged.revision),
      // The page is as it was without: a reader who wants what is new loads it anew.
      error: () => undefined,
      complete: () => undefined,
    },
    { connected: () => void ask() },
  );
  return () => {
    end();
    events.dispose();
  };
}
