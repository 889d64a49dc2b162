import { diag, DiagLogLevel, trace } from "@opentelemetry/api";
import { W3CTraceContextPropagator } from "@opentelemetry/core";
import { OTLPTraceExporter } from "@opentelemetry/exporter-trace-otlp-http";
import { registerInstrumentations } from "@opentelemetry/instrumentation";
import { HttpInstrumentation } from "@opentelemetry/instrumentation-http";
import { PgInstrumentation } from "@opentelemetry/instrumentation-pg";
import { defaultResource, resourceFromAttributes } from "@opentelemetry/resources";
import { BatchSpanProcessor, NodeTracerProvider } from "@opentelemetry/sdk-trace-node";
import type { FastifyBaseLogger } from "fastify";
import { withoutSecrets } from "../secrets";
import { sealedSpans } from "./sealed-spans";
import { traceWith } from "./spanned";

/** How long the last spans may take to be sent, in milliseconds. */
const FAREWELL = 2_000;

/** Requests that nobody wants to see traces of. */
const DULL = /^\/(health|metrics)\b/;

export interface TracingOptions {
  /** Where OTLP over HTTP is taken, without `/v1/traces`. */
  readonly endpoint: string;
  /** What traces call this process. */
  readonly serviceName: string;
  readonly logger: Pick<FastifyBaseLogger, "warn">;
}

/**
 * Traces requests from now on: of HTTP, with the trace of the caller taken over and passed on (W3C Trace Context), of statements of Postgres
 * within them, and what `spanned` names. What is given back sends the last ones and ends it.
 */
export function startTracing({ endpoint, serviceName, logger }: TracingOptions): () => Promise<void> {
  const warn = (words: string): void => logger.warn({ problem: withoutSecrets(words) }, "Traces could not be sent.");
  diag.setLogger(
    { error: warn, warn: () => undefined, info: () => undefined, debug: () => undefined, verbose: () => undefined },
    { logLevel: DiagLogLevel.ERROR, suppressOverrideMessage: true },
  );
  const exporter = new OTLPTraceExporter({ url: `${endpoint.replace(/\/+$/, "")}/v1/traces` });
  const provider = new NodeTracerProvider({
    resource: defaultResource().merge(resourceFromAttributes({ "service.name": serviceName })),
    spanProcessors: [sealedSpans, new BatchSpanProcessor(exporter)],
  });
  provider.register({ propagator: new W3CTraceContextPropagator() });
  registerInstrumentations({
    instrumentations: [
      new HttpInstrumentation({
        ignoreIncomingRequestHook: ({ url = "" }) => DULL.test(url),
        requireParentforOutgoingSpans: true,
        headersToSpanAttributes: { server: { responseHeaders: ["x-request-id"] } },
      }),
      new PgInstrumentation({ requireParentSpan: true, ignoreConnectSpans: true }),
    ],
  });
  /* eslint-disable @typescript-eslint/no-require-imports -- loaded long ago; that they are asked for again is what they are instrumented by */
  for (const load of [() => require("node:http"), () => require("node:https"), () => require("pg")]) load();
  /* eslint-enable @typescript-eslint/no-require-imports */
  traceWith(trace.getTracer("scoretree"));
  return async () => {
    traceWith(null);
    const late = new Promise<void>((resolve) => setTimeout(resolve, FAREWELL).unref());
    await Promise.race([provider.shutdown(), late]).catch(() => undefined);
  };
}
