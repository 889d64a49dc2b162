import { createClient as createSseClient } from "graphql-sse";
import { createClient as createWsClient } from "graphql-ws";
import { WebSocket } from "ws";
import type { Json } from "../../support/json";

/** What a client was told so far, and whether it is over. */
export interface Heard {
  // As a client reads it.
  readonly events: Json[];
  isOver: boolean;
  error: unknown;
  stop(): void;
}

export type Transport = "WebSocket" | "event stream";

export interface SubscribeOptions {
  readonly variables?: Record<string, unknown>;
  readonly token?: string;
  /** Of the request; of a WebSocket, of its greeting, since browsers can send them there only. */
  readonly headers?: Readonly<Record<string, string>>;
  /** How often a client comes back by itself. Default: never. */
  readonly retryAttempts?: number;
}

/** Subscribes at a server by the usual client of a transport. */
export function subscribeAt(
  url: string,
  transport: Transport,
  query: string,
  { variables, token, headers: more, retryAttempts = 0 }: SubscribeOptions = {},
): Heard {
  const headers = { ...more, ...(token ? { authorization: `Bearer ${token}` } : {}) };
  const shouldRetry = () => retryAttempts > 0;
  const client =
    transport === "WebSocket"
      ? createWsClient({
          ...{ url: `${url.replace("http", "ws")}/graphql`, webSocketImpl: WebSocket, retryAttempts, shouldRetry },
          connectionParams: headers,
        })
      : createSseClient({ url: `${url}/graphql`, retryAttempts, headers });
  const heard: Heard = { events: [], isOver: false, error: null, stop: () => client.dispose() };
  client.subscribe(
    { query, variables },
    {
      next: (event) => heard.events.push(event),
      error: (error) => Object.assign(heard, { error, isOver: true }),
      complete: () => (heard.isOver = true),
    },
  );
  return heard;
}
