import type { FastifyInstance } from "fastify";
import { isLeaving } from "../leaving";
import type { Graph } from "./graph";

/** How long a subgraph may take to answer before it counts as not answering, in milliseconds. */
const PATIENCE = 2_000;

/** Asks a subgraph for nothing but a sign of life. */
async function answers(url: string): Promise<boolean> {
  try {
    const signal = AbortSignal.timeout(PATIENCE);
    const headers = { "content-type": "application/json", accept: "application/json" };
    const response = await fetch(url, { method: "POST", headers, body: `{"query":"{__typename}"}`, signal });
    return ((await response.json()) as { data?: unknown } | null)?.data != null;
  } catch {
    return false;
  }
}

/**
 * `/health/live`: this process answers. `/health/ready`: the platform's own subgraphs, `ours`, answer it; else 503, and which of them do
 * not. Those of others are told of but do not count: what we answer is good without them.
 */
export function addGatewayHealth(server: FastifyInstance, graph: () => Graph, ours: readonly string[]): void {
  server.get("/health/live", { logLevel: "warn" }, () => ({ status: "live" }));

  server.get("/health/ready", { logLevel: "warn" }, async (_request, reply) => {
    void reply.header("cache-control", "no-store");
    if (isLeaving(server)) return reply.code(503).send({ status: "not ready", reason: "This process is about to stop." });
    const asked = [...graph().subgraphs].map(async ([name, url]) => [name, (await answers(url)) ? "ready" : "not ready"] as const);
    const told = await Promise.all(asked);
    const away = told.filter(([name, status]) => status !== "ready" && ours.includes(name)).map(([name]) => name);
    const subgraphs = Object.fromEntries(told);
    if (away.length === 0) return { status: "ready", subgraphs };
    return reply.code(503).send({ status: "not ready", reason: `Without answer: ${away.join(", ")}.`, subgraphs });
  });
}
