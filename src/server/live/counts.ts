/** How many subscribers a process has now, and how many there were since it began: for health and metrics. */
export interface LiveCounts {
  webSockets: number;
  eventStreams: number;
  /** Subscriptions that wait for events or are told one. */
  subscriptions: number;
  eventsTotal: number;
  /** Clients who were let go because they did not read what they were sent. */
  droppedTotal: number;
  /** Clients for whom there was no room. */
  refusedTotal: number;
}

/** Counts from zero on. */
export const zeroCounts = (): LiveCounts => ({
  webSockets: 0,
  eventStreams: 0,
  subscriptions: 0,
  eventsTotal: 0,
  droppedTotal: 0,
  refusedTotal: 0,
});
