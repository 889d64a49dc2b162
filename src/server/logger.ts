import { pino, type DestinationStream, type Logger } from "pino";
import type { Config } from "../config";

const serializers = {
  req: ({ method, url }: { method: string; url: string }) => ({ method, path: url.split("?")[0] }),
  res: ({ statusCode }: { statusCode: number }) => ({ status: statusCode }),
};

/**
 * One JSON line an event. Nothing of what a caller sent is in it but method and path: no header, no query, no address.
 * `destination`: default the standard output.
 */
export const createLogger = (level: Config["logLevel"], destination?: DestinationStream): Logger =>
  pino({ level, serializers }, destination ?? pino.destination(1));
