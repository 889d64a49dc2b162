import type { Graph } from "./graph";
import { postJson } from "./post-json";

const HEADERS = { "content-type": "application/json", accept: "application/json" };

/** Asks the subgraph `scores`, or the first one of the platform's own, for its newest public revision; null if none tells it. */
export async function askRevision({ subgraphs }: Graph, ours: readonly string[], timeout: number): Promise<string | null> {
  const url = ["scores", ...ours].map((name) => (ours.includes(name) ? subgraphs.get(name) : undefined)).find((each) => each !== undefined);
  if (url === undefined) return null;
  try {
    const { text } = await postJson(url, HEADERS, `{"query":"{__typename}"}`, AbortSignal.timeout(timeout));
    const { extensions } = JSON.parse(text) as { extensions?: { revision?: unknown } };
    return typeof extensions?.revision === "string" ? extensions.revision : null;
  } catch {
    return null;
  }
}
