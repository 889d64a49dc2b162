import type { Attributes, Span, Tracer } from "@opentelemetry/api";

/** The status of a span whose work failed: `SpanStatusCode.ERROR`. */
const ERROR = 2;

let tracer: Tracer | null = null;

/** Makes spans from now on; null: none any more. */
export function traceWith(used: Tracer | null): void {
  tracer = used;
}

/** Ends a span when what it is of has settled. */
async function ended<T>(span: Span, working: Promise<T>): Promise<T> {
  try {
    return await working;
  } catch (error) {
    span.setStatus({ code: ERROR });
    throw error;
  } finally {
    span.end();
  }
}

/**
 * What `work` brings, in a span of this name if traces are made, within that of the request. Where none are, it costs a look at a variable.
 */
export function spanned<T>(name: () => string, attributes: () => Attributes, work: () => T): T {
  if (!tracer) return work();
  return tracer.startActiveSpan(name(), { attributes: attributes() }, (span) => {
    try {
      const result = work();
      if (result instanceof Promise) return ended(span, result) as T;
      span.end();
      return result;
    } catch (error) {
      span.setStatus({ code: ERROR });
      span.end();
      throw error;
    }
  });
}
