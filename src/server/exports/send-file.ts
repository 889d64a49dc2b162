import { createHash } from "node:crypto";
import { Readable, pipeline } from "node:stream";
import type { FastifyReply, FastifyRequest } from "fastify";
import type { LRUCache } from "lru-cache";
import { chooseEncoding, encode, encoder, type Encoding } from "../answers/encoding";

/** Bytes that a file has at most that is sent at once, with its length. Longer ones are sent while they are made. */
const AT_ONCE = 1024 * 1024;

/** What is known of a file once it was made. */
export interface Digest {
  /** SHA-256, in base64. */
  readonly sha256: string;
  /** In bytes. */
  readonly length: number;
}

/** Of files that were made, by their tags. */
export type Digests = LRUCache<string, Digest>;

export interface SentFile {
  /** Equal for equal bytes. */
  readonly tag: string;
  readonly mediaType: string;
  /** True for what is compressed already. */
  readonly isPacked: boolean;
  readonly bytes: AsyncIterable<Buffer>;
}

/** RFC 9530, 2, for `sha-256`. */
const field = ({ sha256 }: Digest): string => `sha-256=:${sha256}:`;

/** The field that tells a digest of the file as it is saved: by RFC 9530 `Repr-Digest` is of the bytes as they are encoded. */
const fieldName = (encoding: Encoding): string => (encoding === "identity" ? "repr-digest" : "unencoded-digest");

/**
 * Sends a file as its asker takes it. A short one has its length and its digest in the header, and so has a long one that was made before and
 * has not changed since; else the digest comes in a trailer. For HEAD the file is made if that is what it takes to tell of it.
 */
export async function sendFile(
  request: FastifyRequest,
  reply: FastifyReply,
  { tag, mediaType, isPacked, bytes }: SentFile,
  digests: Digests,
): Promise<void> {
  const encodingOf = (length: number) => (isPacked ? "identity" : chooseEncoding(request.headers["accept-encoding"], length));
  const parts = told(bytes, (digest) => digests.set(tag, digest));
  void reply.code(200).header("content-type", mediaType);
  if (request.method === "HEAD") {
    while (!digests.has(tag) && !(await parts.next()).done);
    const { length } = tellDigest(reply, digests.get(tag)!, encodingOf(digests.get(tag)!.length));
    if (encodingOf(length) === "identity") void reply.header("content-length", length);
    return void (await reply.send());
  }
  const first = await upTo(AT_ONCE, parts);
  if (first.isAll) {
    const whole = Buffer.concat(first.parts);
    const encoding = encodingOf(whole.length);
    tellDigest(reply, digests.get(tag)!, encoding);
    return void (await reply.send(await encode(whole, encoding)));
  }
  const encoding = encodingOf(Infinity);
  const digest = digests.get(tag);
  if (digest || request.raw.httpVersion === "1.0") {
    if (digest) tellDigest(reply, digest, encoding);
  } else reply.trailer(fieldName(encoding), async () => field(digests.get(tag)!));
  if (encoding !== "identity") void reply.header("content-encoding", encoding);
  // A stream that is given up before it was read does not run what it is made from, nor end it.
  const stream = Readable.from(follow(first.parts, parts), { objectMode: false }).once("close", () => void parts.return());
  await reply.send(encoding === "identity" ? stream : pipeline(stream, encoder(encoding), () => undefined));
}

function tellDigest(reply: FastifyReply, digest: Digest, encoding: Encoding): Digest {
  void reply.header(fieldName(encoding), field(digest));
  if (encoding !== "identity") void reply.header("content-encoding", encoding);
  return digest;
}

/** The same bytes; tells their digest once they are all there. */
async function* told(bytes: AsyncIterable<Buffer>, tell: (digest: Digest) => void): AsyncGenerator<Buffer, void> {
  const hash = createHash("sha256");
  let length = 0;
  for await (const part of bytes) {
    hash.update(part);
    length += part.length;
    yield part;
  }
  tell({ sha256: hash.digest("base64"), length });
}

/** The first parts, up to so many bytes and the rest of the last part. */
async function upTo(most: number, from: AsyncGenerator<Buffer, void>): Promise<{ parts: Buffer[]; isAll: boolean }> {
  const parts: Buffer[] = [];
  for (let length = 0; length <= most; length += parts.at(-1)!.length) {
    const { done, value } = await from.next();
    if (done) return { parts, isAll: true };
    parts.push(value);
  }
  return { parts, isAll: false };
}

async function* follow(first: Buffer[], rest: AsyncGenerator<Buffer, void>): AsyncGenerator<Buffer, void> {
  yield* first.splice(0);
  yield* rest;
}
