import type { Transform } from "node:stream";
import { promisify } from "node:util";
import { brotliCompress, constants, createBrotliCompress, createGzip, gzip } from "node:zlib";

/** How bytes may travel. */
export type Encoding = "br" | "gzip" | "identity";

/** Answers of fewer bytes than a packet holds gain nothing. */
const WORTH_ENCODING = 1_400;

/** Of eleven levels: from 5 on brotli takes many times as long for a few percent. */
const BROTLI_LEVEL = 4;

/** The smallest encoding that an `Accept-Encoding` header takes. */
export function chooseEncoding(header: string | undefined, bytes: number): Encoding {
  if (!header || bytes < WORTH_ENCODING) return "identity";
  const weights = new Map<string, number>();
  for (const part of header.toLowerCase().split(",")) {
    const [name, ...parameters] = part.split(";").map((text) => text.trim());
    const weight = parameters.find((parameter) => parameter.startsWith("q="));
    weights.set(name, weight === undefined ? 1 : Number(weight.slice(2)) || 0);
  }
  const takes = (name: string) => (weights.get(name) ?? weights.get("*") ?? 0) > 0;
  if (takes("br")) return "br";
  return takes("gzip") ? "gzip" : "identity";
}

const toBrotli = promisify<Buffer, object, Buffer>(brotliCompress);
const toGzip = promisify<Buffer, Buffer>(gzip);

/** The bytes as they travel. */
export function encode(bytes: Buffer, encoding: Encoding): Promise<Buffer> | Buffer {
  if (encoding === "identity") return bytes;
  if (encoding === "gzip") return toGzip(bytes);
  return toBrotli(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: BROTLI_LEVEL, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length } });
}

/** What encodes a stream on its way, with as much delay as it takes to encode well. */
export const encoder = (encoding: Exclude<Encoding, "identity">): Transform =>
  encoding === "gzip" ? createGzip() : createBrotliCompress({ params: { [constants.BROTLI_PARAM_QUALITY]: BROTLI_LEVEL } });
