import type { ReadableSpan, SpanProcessor } from "@opentelemetry/sdk-trace-node";
import { withoutSecrets } from "../secrets";

/** What spans tell. Not the rest: addresses hold queries, and the name of a server is what its client calls it. */
const TOLD = [
  /^graphql\.operation\.(name|type)$/,
  /^scoretree\./,
  /^http\.(request\.method|response\.status_code|response\.header\.x-request-id)$/,
  /^http\.(method|status_code|response\.header\.x_request_id)$/,
  /^db\.(system|system\.name|statement|query\.text|namespace|name|operation)$/,
  /^error\.type$/,
];

/** Takes from spans what they must not tell: values, words of errors, and what may be somebody's secret. */
export const sealedSpans: SpanProcessor = {
  onStart: () => undefined,
  onEnd(span: ReadableSpan) {
    const { attributes, events, status } = span;
    for (const [name, value] of Object.entries(attributes)) {
      if (!TOLD.some((told) => told.test(name))) delete attributes[name];
      else if (typeof value === "string") attributes[name] = withoutSecrets(value);
    }
    events.length = 0;
    delete status.message;
    Object.assign(span, { name: withoutSecrets(span.name) });
  },
  forceFlush: async () => undefined,
  shutdown: async () => undefined,
};
