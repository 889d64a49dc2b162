/** How much subscribers may ask of a process. Times are in milliseconds. */
export interface LiveLimits {
  /** Connections of subscribers at once, of both kinds. Default 1,000. */
  readonly connections: number;
  /** Subscriptions at once over one WebSocket. Default 20. */
  readonly subscriptions: number;
  /** Bytes of a WebSocket message. Default 256 kB, as of a request's body. */
  readonly messageBytes: number;
  /** Bytes that may wait to be read by a client who goes on sending. Default 1 MB. */
  readonly waitingBytes: number;
  /** How long a client may take to read an event. Default 10 s. */
  readonly patience: number;
  /** How long a WebSocket may be open before it is greeted by `connection_init`. Default 10 s. */
  readonly greeting: number;
  /** How far apart the signs of life are that keep a connection open. Default 20 s. */
  readonly keepAlive: number;
}

export const LIVE_LIMITS: LiveLimits = {
  connections: 1_000,
  subscriptions: 20,
  messageBytes: 256 * 1024,
  waitingBytes: 1024 * 1024,
  patience: 10_000,
  greeting: 10_000,
  keepAlive: 20_000,
};
