import proxyAddress from "@fastify/proxy-addr";
import type { IncomingMessage } from "node:http";
import { isIPv6 } from "node:net";

/** An address of version 4 that is written as one of version 6. */
const MAPPED = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i;

/** The part of an address of version 6 that belongs to one customer: its first 64 bits. */
function networkOf(address: string): string {
  const [head, tail] = address.split("%")[0].toLowerCase().split("::");
  const groups = head === "" ? [] : head.split(":");
  const rest = tail === undefined || tail === "" ? [] : tail.split(":");
  const whole = tail === undefined ? groups : [...groups, ...Array<string>(8 - groups.length - rest.length).fill("0"), ...rest];
  return `${whole.slice(0, 4).map((group) => parseInt(group, 16).toString(16)).join(":")}::/64`; // prettier-ignore
}

/**
 * Who a request is from, as far as the network tells: an address of version 4, or the network of one of version 6. What proxies say of it
 * (`X-Forwarded-For`) counts only as far as they are trusted. `trusted`: addresses and networks, such as `10.0.0.0/8`. Throws on one that
 * is none.
 */
export function clientAddress(trusted: readonly string[]): (request: Pick<IncomingMessage, "headers" | "socket">) => string {
  const trust = proxyAddress.compile([...trusted]);
  return (request) => {
    const address = trusted.length === 0 ? request.socket.remoteAddress : proxyAddress(request as IncomingMessage, trust);
    const plain = (address ?? "").replace(MAPPED, "$1");
    return isIPv6(plain) ? networkOf(plain) : plain;
  };
}
