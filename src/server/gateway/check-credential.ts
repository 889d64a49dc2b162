import { unauthenticated } from "../../errors";
import type { Authenticate } from "../viewer/authenticate";
import type { Graph } from "./graph";

/**
 * Asks one of the platform's own subgraphs whether a credential is good, for what begins before anything is asked, such as a WebSocket.
 * Throws UNAUTHENTICATED if it is not. While none answers, nothing is refused: what is asked then is answered by a subgraph, or fails.
 */
export function checkCredential(graph: () => Graph, ours: readonly string[], timeout: number): Authenticate {
  return async (authorization) => {
    const name = ours.find((each) => graph().subgraphs.has(each));
    if (authorization === undefined || name === undefined) return null;
    const headers = { "content-type": "application/json", accept: "application/json", authorization };
    let response: Response;
    try {
      const signal = AbortSignal.timeout(timeout);
      response = await fetch(graph().subgraphs.get(name)!, { method: "POST", headers, body: `{"query":"{__typename}"}`, signal });
      if (response.status !== 401) return null;
    } catch {
      return null;
    }
    const answer = (await response.json().catch(() => null)) as { errors?: { message?: string }[] } | null;
    throw unauthenticated(answer?.errors?.[0]?.message ?? "This credential is good for nobody.");
  };
}
