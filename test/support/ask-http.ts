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
