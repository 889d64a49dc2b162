import type { FastifyBaseLogger } from "fastify";

/**
 * Stops on SIGTERM and SIGINT, and when the process goes away that started this one by `startServed`: once `stop` is done the process ends, with 0, or 1 if it failed. A second signal ends it at once. Returns a
 * function that takes this back.
 */
export function stopOnSignal(stop: (signal: NodeJS.Signals) => Promise<void>, log: Pick<FastifyBaseLogger, "info" | "error">): () => void {
  let isStopping = false;
  const listen = (signal: NodeJS.Signals) => {
    if (isStopping) process.exit(1);
    isStopping = true;
    log.info({ signal }, "Stopping: running requests are finished first.");
    stop(signal).then(
      () => process.exit(0),
      (error: unknown) => {
        log.error({ err: error }, "Stopping failed.");
        process.exit(1);
      },
    );
  };
  const signals = ["SIGTERM", "SIGINT"] as const;
  for (const signal of signals) process.on(signal, listen);
  const left = () => void (isStopping || listen("SIGTERM"));
  process.on("disconnect", left);
  return () => {
    process.off("disconnect", left);
    signals.forEach((signal) => process.off(signal, listen));
  };
}
