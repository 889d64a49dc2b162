import { type Readable, Transform } from "node:stream";
import { exceeded } from "./limits/exceeded";

/**
 * Passes on a body of at most `limit` bytes. A larger one fails with 413, as soon as it says or turns out that it is larger; the rest of
 * it is read and forgotten.
 */
export function limitBody(body: Readable, limit: number, contentLength: string | undefined): Readable {
  if (Number(contentLength) > limit) throw exceeded("bodyBytes", limit, Number(contentLength));
  // What comes is never longer than it says.
  if (contentLength !== undefined) return body;
  let length = 0;
  const limited = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      length += chunk.length;
      if (length <= limit) return done(null, chunk);
      body.unpipe(limited).resume();
      done(exceeded("bodyBytes", limit, null));
    },
  });
  body.once("error", (error) => limited.destroy(error));
  return body.pipe(limited);
}
