import { IncomingMessage } from "node:http";

/**
 * Requests that change protocol only where there is one to change to: to WebSocket, at these paths. As soon as a server upgrades
 * anything, Node hands it every request with an `Upgrade` header, and reads no more of it. But a request that offers HTTP/2, as Java's
 * client does of each, is to be answered as it is (RFC 9110, 7.8: a server may ignore the header).
 */
export const upgradingAt = (paths: readonly string[]): typeof IncomingMessage =>
  class extends IncomingMessage {
    private offersUpgrade = false;

    /** Set by Node's parser, which asks for it once the headers are there. */
    get upgrade(): boolean {
      const { method, headers, url } = this;
      const isOurs = headers.upgrade?.toLowerCase() === "websocket" && paths.includes(url?.split("?")[0] ?? "");
      return this.offersUpgrade && (isOurs || method === "CONNECT");
    }

    set upgrade(offers: boolean | null) {
      this.offersUpgrade = offers === true;
    }
  };
