import type { FastifyRequest } from "fastify";
import type { Config } from "../config";

/** A name, an IPv4 or a bracketed IPv6 address, and a port if need be. */
const HOST = /^([a-z0-9.-]+|\[[0-9a-f:.]+\])(:\d{1,5})?$/i;

/**
 * The address that a request reached this server at, for links in its answer, without a slash at its end. A Host header that is none is
 * not repeated: the configured address stands in for it.
 */
export function baseUrl({ host, protocol }: Pick<FastifyRequest, "host" | "protocol">, config: Pick<Config, "host" | "port">): string {
  return `${protocol}://${HOST.test(host) ? host : `${config.host}:${config.port}`}`;
}
