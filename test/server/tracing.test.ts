import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { execFileSync } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import path from "node:path";
import { json } from "node:stream/consumers";
import { until } from "../board/open-current";
import { askHttp } from "../support/ask-http";
import { createTestDatabase, type TestDatabase } from "../support/database";
import { giveKey } from "../support/give-key";
import { seed } from "../support/seed";
import { type StartedServer, startGateway, startServer } from "../support/start-server";

const SUBGRAPHS = ["benchmarks", "models", "scores", "citations", "submissions"];

interface Attribute {
  readonly key: string;
  readonly value: Readonly<Record<string, unknown>>;
}

/** A span, as OTLP has it in JSON. */
interface Told {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly name: string;
  readonly attributes: readonly Attribute[];
}

type Span = Told & { readonly service: unknown };

interface Request {
  readonly resourceSpans: readonly {
    readonly resource: { readonly attributes: readonly Attribute[] };
    readonly scopeSpans: readonly { readonly spans: readonly Told[] }[];
  }[];
}

const of = (attributes: readonly Attribute[], name: string): unknown =>
  Object.values(attributes.find(({ key }) => key === name)?.value ?? {})[0];

const spans: Span[] = [];
/** Takes traces, as a collector does. */
const collector = createServer((request, response) => {
  void json(request).then((body) => {
    for (const { resource, scopeSpans } of (body as Request).resourceSpans)
      for (const span of scopeSpans.flatMap((scope) => scope.spans))
        spans.push({ ...span, service: of(resource.attributes, "service.name") });
    response.writeHead(request.url === "/v1/traces" ? 200 : 404, { "content-type": "application/json" }).end("{}");
  });
});

let database: TestDatabase;
let [joined, subgraphs, gateway]: StartedServer[] = [];
let key: string;
beforeAll(async () => {
  collector.listen(0, "127.0.0.1");
  await once(collector, "listening");
  const endpoint = `http://127.0.0.1:${(collector.address() as AddressInfo).port}`;
  const environment = (name: string) => ({
    ...{ OTEL_EXPORTER_OTLP_ENDPOINT: endpoint, OTEL_SERVICE_NAME: name, OTEL_BSP_SCHEDULE_DELAY: "50" },
    SCORETREE_STOP_NOTICE: "0",
  });
  database = await createTestDatabase();
  await seed(database.dataSource).domain("vision").tree("top\n  leaf").model("alpha", { owner: "lab" }).write();
  key = await giveKey(database.dataSource, "lab");
  [joined, subgraphs] = await Promise.all([
    startServer(database.url, environment("joined")),
    startServer(database.url, environment("subgraphs"), SUBGRAPHS),
  ]);
  const places = Object.fromEntries(SUBGRAPHS.map((name) => [name, `${subgraphs.url}/graphql/${name}`]));
  gateway = await startGateway(places, { environment: environment("gateway") });
});
afterAll(async () => {
  await Promise.all([gateway, subgraphs, joined].map((server) => server?.stop()));
  collector.close();
  await database?.drop();
});

/** Asks under a trace of the caller's, and gives the spans of that trace once there is one that `isLast`. */
async function traced(
  server: StartedServer,
  query: string,
  isLast: (span: Span) => boolean,
): Promise<{ caller: string; all: Span[]; id: unknown }> {
  const [trace, caller] = [Buffer.from(`${query}${server.url}`).toString("hex").slice(-32), "00f067aa0ba902b7"];
  const headers = { authorization: `Bearer ${key}`, traceparent: `00-${trace}-${caller}-01` };
  const answer = await askHttp(server.url, { path: "/graphql", headers, body: { query } });
  expect(JSON.parse(answer.body)).not.toHaveProperty("errors");
  const all = () => spans.filter(({ traceId }) => traceId === trace);
  await until(() => all().some(isLast));
  return { caller, all: all(), id: answer.headers["x-request-id"] };
}

const isOf = (service: string, name: RegExp) => (span: Span) => span.service === service && name.test(span.name);

describe("traces, where the environment says where they go", () => {
  it("are those of the caller, with a request, its execution and its statements within each other", async () => {
    const { caller, all, id } = await traced(
      joined,
      "query Own { viewer { key } domains { slug } }",
      ({ parentSpanId }) => parentSpanId === "00f067aa0ba902b7",
    );
    const request = all.find(({ parentSpanId }) => parentSpanId === caller)!;
    expect(JSON.stringify(request.attributes)).toContain(String(id));
    const execution = all.find(({ name }) => name === "query Own")!;
    expect(execution.parentSpanId).toBe(request.spanId);
    expect(of(execution.attributes, "graphql.operation.name")).toBe("Own");
    const statements = all.filter(({ attributes }) => of(attributes, "db.statement") ?? of(attributes, "db.query.text"));
    expect(statements.map(({ parentSpanId }) => parentSpanId)).toContain(request.spanId);
    expect(statements.length).toBeGreaterThan(0);
  });

  it("go on from the gateway into the subgraphs", async () => {
    const { caller, all } = await traced(
      gateway,
      "query Both { domains { slug name } viewer { key } }",
      ({ parentSpanId, service }) => service === "gateway" && parentSpanId === "00f067aa0ba902b7",
    );
    await until(() => spans.some((span) => span.traceId === all[0].traceId && isOf("subgraphs", /^query/)(span)));
    const now = spans.filter(({ traceId }) => traceId === all[0].traceId);
    const byId = new Map(now.map((span) => [span.spanId, span]));
    const request = now.find(({ parentSpanId }) => parentSpanId === caller)!;
    const asked = now.filter(isOf("gateway", /^ask /));
    expect(asked.map(({ name }) => name).sort()).toEqual(["ask benchmarks", "ask submissions"]);
    for (const below of now.filter(isOf("subgraphs", /^query/))) {
      const way: unknown[] = [];
      for (let at: Span | undefined = below; at; at = byId.get(at.parentSpanId ?? "")) way.push(at.service, at.name);
      expect(way).toEqual([
        "subgraphs",
        "query",
        "subgraphs",
        expect.stringContaining("POST"),
        "gateway",
        expect.stringContaining("POST"),
        "gateway",
        expect.stringMatching(/^ask /),
        "gateway",
        "query Both",
        "gateway",
        request.name,
      ]);
    }
  });

  it("tell nothing of what was sent: no secret, no value, no address with a query; and nothing of health", async () => {
    const query = encodeURIComponent(`query Needle { model(domain: "NeedleInWhatWasSent", name: "${key}") { name } }`);
    for (const server of [joined, gateway]) {
      await askHttp(server.url, {
        path: `/graphql?query=${query}&${key}`,
        headers: { authorization: `Bearer ${key}`, "user-agent": key },
      });
      await askHttp(server.url, { path: "/health/ready" });
      await askHttp(server.url, { path: `/${key}`, headers: { host: "NeedleInWhatWasSent" } });
      await askHttp(server.url, { path: "/graphql", body: { query: `query ${key} { domains { slug } }` } });
    }
    for (const service of ["joined", "gateway"])
      await until(() => spans.some(isOf(service, /^query Needle/)) && spans.some(isOf(service, /^query \[secret\]/)));
    const told = JSON.stringify(spans);
    for (const secret of [key, key.slice(12), "NeedleInWhatWasSent", "/health", "/graphql?"])
      expect([secret, told.includes(secret)]).toEqual([secret, false]);
  });
});

it("without one, nothing is loaded that makes traces", () => {
  const code = `
    require("./test/support/run-typescript.cjs");
    require("./src/cli/serve"); require("./src/cli/serve-gateway");
    const { traceConfigured } = require("./src/server/tracing/trace-configured");
    const loaded = () => Object.keys(require.cache).some((name) => /opentelemetry.(sdk|instrumentation|exporter)/.test(name));
    traceConfigured({ tracing: null });
    const before = loaded();
    traceConfigured({ tracing: { endpoint: "http://127.0.0.1:9", serviceName: "x" } }, console);
    console.log(JSON.stringify([before, loaded()]));
    process.exit();`;
  const root = path.join(__dirname, "../..");
  expect(execFileSync(process.execPath, ["-e", code], { cwd: root, encoding: "utf8" }).trim()).toBe("[false,true]");
});
