import { IncomingMessage } from "node:http";

/**
 * A request that changes protocol only where there is one to change to: to WebSocket, at `/graphql`. As soon as a server upgrades
 * anything, Node hands it every request with an `Upgrade` header, and reads no more of it. But a request that offers HTTP/2, as Java's
 * client does of each, is to be answered as it is (RFC 9110, 7.8: a server may ignore the header).
 */
export class UpgradeMessage extends IncomingMessage {
  private offersUpgrade = false;

  /** Set by Node's parser, which asks for it once the headers are there. */
  get upgrade(): boolean {
    const { method, headers, url } = this;
    const isOurs = headers.upgrade?.toLowerCase() === "websocket" && url?.split("?")[0] === "/graphql";
    return this.offersUpgrade && (isOurs || method === "CONNECT");
  }

  set upgrade(offers: boolean | null) {
    this.offersUpgrade = offers === true;
  }
}
