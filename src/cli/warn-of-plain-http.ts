import type { FastifyBaseLogger } from "fastify";
import type { Config } from "../config";
import { isLoopback } from "../server/is-loopback";

const PLAIN_HTTP = "Other machines are let in, over plain HTTP: put a proxy that speaks HTTPS in front, or keys can be read on the way.";

/** Says at start that whoever is on the way could read keys, where other machines are let in. */
export function warnOfPlainHttp({ host }: Pick<Config, "host">, logger: Pick<FastifyBaseLogger, "warn">): void {
  if (!isLoopback(host)) logger.warn({ host }, PLAIN_HTTP);
}
