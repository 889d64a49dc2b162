import { connect } from "node:net";
import type { Told } from "./judge";

/** Bytes of a header that says how long the body is, and the like, as one likes them to be. */
export const raw = (head: string, body: string | Buffer = ""): Buffer => Buffer.concat([Buffer.from(`${head}\r\n\r\n`), Buffer.from(body)]);

/** Pieces of what is sent at most at a time. */
const PIECE = 64 * 1024;

/**
 * Sends bytes over a connection of their own and gives back what is answered first, once it is whole; status 400 if the connection is closed
 * without an answer. `pieces`: sent one after the other, as long as anybody reads them.
 */
export function sendRaw(url: string, pieces: Buffer | Iterable<Buffer>, patience = 30_000): Promise<Told> {
  const { hostname, port } = new URL(url);
  const begin = performance.now();
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), hostname);
    let got = Buffer.alloc(0);
    let isSettled = false;
    const settle = () => {
      if (isSettled) return;
      isSettled = true;
      clearTimeout(late);
      socket.destroy();
      const text = got.toString();
      const [head, ...rest] = text.split("\r\n\r\n");
      const status = Number(/^HTTP\/1\.[01] (\d{3})/.exec(head)?.[1] ?? (text === "" ? 400 : 599));
      resolve({ status, body: unchunk(head, rest.join("\r\n\r\n")), milliseconds: performance.now() - begin });
    };
    const late = setTimeout(() => {
      isSettled = true;
      socket.destroy();
      reject(new Error(`Nothing was answered within ${patience} ms; got ${JSON.stringify(got.toString().slice(0, 200))}`));
    }, patience);
    socket.on("data", (chunk: Buffer) => {
      got = Buffer.concat([got, chunk]);
      if (isWhole(got.toString("latin1"))) settle();
    });
    socket.on("close", settle);
    socket.on("error", settle);
    socket.on("connect", () => {
      const all = (Buffer.isBuffer(pieces) ? [pieces] : pieces)[Symbol.iterator]();
      const send = (): void => {
        for (;;) {
          const next = all.next();
          if (next.done || isSettled) return;
          for (let at = 0; at < next.value.length; at += PIECE)
            if (!socket.write(next.value.subarray(at, at + PIECE)) && at + PIECE >= next.value.length)
              return void socket.once("drain", send);
        }
      };
      send();
    });
  });
}

/** True once an answer is there to its end, by its length or its last chunk. */
function isWhole(text: string): boolean {
  const end = text.indexOf("\r\n\r\n");
  if (end < 0) return false;
  const [head, body] = [text.slice(0, end), text.slice(end + 4)];
  if (/^HTTP\/1\.1 (204|304|1\d\d)/.test(head)) return true;
  const length = /\r\ncontent-length: (\d+)/i.exec(head)?.[1];
  if (length !== undefined) return body.length >= Number(length);
  return /\r\ntransfer-encoding: chunked/i.test(head) && body.endsWith("0\r\n\r\n");
}

const unchunk = (head: string, body: string): string =>
  /transfer-encoding: chunked/i.test(head) ? body.replaceAll(/(^|\r\n)[0-9a-f]+\r\n/gi, "").replace(/\r\n$/, "") : body;
