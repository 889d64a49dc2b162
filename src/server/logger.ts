import { pino, type Logger } from "pino";
import type { Config } from "../config";

/** One JSON line an event, on standard output. Nothing that identifies a caller is in it: no header but the request's id, no query. */
export const createLogger = (level: Config["logLevel"]): Logger =>
  pino({
    level,
    serializers: {
      req: ({ method, url }: { method: string; url: string }) => ({ method, path: url.split("?")[0] }),
      res: ({ statusCode }: { statusCode: number }) => ({ status: statusCode }),
    },
  });
