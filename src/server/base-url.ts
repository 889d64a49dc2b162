import type { FastifyRequest } from "fastify";
import type { Config } from "../config";

/** A name, an IPv4 or a bracketed IPv6 address, and a port if need be. */
const HOST = /^([a-z0-9.-]+|\[[0-9a-f:.]+\])(:\d{1,5})?$/i;

/**
 * The address for links in an answer, without a slash at its end: the configured one, else the one that the request reached this server at. A Host header that is none is
 * not repeated: the configured address stands in for it.
 */
export function baseUrl(
  { host, protocol }: Pick<FastifyRequest, "host" | "protocol">,
  config: Pick<Config, "host" | "port"> & Partial<Pick<Config, "publicUrl">>,
): string {
  if (config.publicUrl) return config.publicUrl;
  return `${protocol}://${HOST.test(host) ? host : `${config.host}:${config.port}`}`;
}
