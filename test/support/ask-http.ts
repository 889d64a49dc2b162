import { request } from "node:http";

export interface HttpQuestion {
  readonly method?: string;
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as JSON. */
  readonly body?: unknown;
}

export interface HttpAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: string;
}

/** One request to a server, answered whole. Headers may be anything, Host included. */
export function askHttp(url: string, { method, path, headers = {}, body }: HttpQuestion): Promise<HttpAnswer> {
  const text = body === undefined ? undefined : JSON.stringify(body);
  const { hostname, port } = new URL(url);
  return new Promise((resolve, reject) => {
    const sent = request(
      {
        ...{ hostname, port, path, method: method ?? (text === undefined ? "GET" : "POST") },
        headers: { ...(text === undefined ? {} : { "content-type": "application/json" }), ...headers },
      },
      (answer) => {
        const chunks: Buffer[] = [];
        answer.on("data", (chunk: Buffer) => chunks.push(chunk));
        answer.on("end", () =>
          resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body: Buffer.concat(chunks).toString("latin1") }),
        );
        answer.on("error", reject);
      },
    );
    sent.on("error", reject);
    sent.end(text);
  });
}

/** Listens to a stream of events until `until` is resolved, and gives what came: all of it but what only keeps the connection open. */
export function listenHttp(url: string, { path, headers = {}, body }: HttpQuestion, until: () => Promise<unknown>): Promise<string> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve, reject) => {
    const sent = request({
      ...{ hostname, port, path, method: "POST" },
      headers: { "content-type": "application/json", accept: "text/event-stream", ...headers },
    });
    sent.on("error", reject);
    sent.on("response", (answer) => {
      let text = `${answer.statusCode} ${answer.headers["content-type"]}\n`;
      answer.setEncoding("utf8").on("data", (chunk: string) => (text += chunk));
      void until().then(() => {
        resolve(text.replaceAll(/^:.*\n\n/gm, ""));
        answer.destroy();
      }, reject);
    });
    sent.end(JSON.stringify(body));
  });
}
