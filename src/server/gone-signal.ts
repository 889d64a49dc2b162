import type { Answering } from "./asking";

/** Calls a listener when the client has gone before it was answered. */
export function whenGone({ raw }: Pick<Answering, "raw">, listener: () => void): void {
  raw.once("close", () => raw.writableFinished || listener());
}

/** Tells when the client has gone before it was answered. */
export function goneSignal(reply: Pick<Answering, "raw">): AbortSignal {
  const controller = new AbortController();
  whenGone(reply, () => controller.abort());
  return controller.signal;
}
