import type { ExecutionResult } from "graphql";
import { GraphQLError } from "graphql";
import { type AskOptions, headersFor } from "./ask-subgraph";
import { readAnswer } from "./read-answer";
import { type SubgraphRequest, textOf } from "./subgraph-request";

const unavailable = (subgraph: string, why: string): GraphQLError =>
  new GraphQLError(`The subgraph ${subgraph} ${why}. Subscribe again.`, { extensions: { code: "UNAVAILABLE", subgraph } });

/** The events of a stream, each the text of its data: https://html.spec.whatwg.org/multipage/server-sent-events.html */
async function* readStream(body: AsyncIterable<Uint8Array>): AsyncGenerator<{ name: string; text: string }> {
  const decoder = new TextDecoder();
  let waiting = "";
  for await (const bytes of body) {
    waiting += decoder.decode(bytes, { stream: true });
    const parts = waiting.split(/\r?\n\r?\n/);
    waiting = parts.pop()!;
    for (const part of parts) {
      const read = (key: string) =>
        part.split(/\r?\n/).flatMap((line) => (line.startsWith(`${key}:`) ? [line.slice(key.length + 1).replace(/^ /, "")] : []));
      const [name] = read("event");
      if (name !== undefined) yield { name, text: read("data").join("\n") };
    }
  }
}

/**
 * Subscribes at a subgraph, as a stream of events over a connection of its own. The last answer says why, if the stream did not end by
 * itself.
 */
export async function* askEvents(request: SubgraphRequest, { timeout }: AskOptions): AsyncGenerator<ExecutionResult, void, void> {
  const { url, subgraph, document, variables, context } = request;
  const gone = new AbortController();
  const end = () => gone.abort();
  context.signal.addEventListener("abort", end);
  const late = setTimeout(end, timeout);
  const ended = (errors: readonly GraphQLError[]): ExecutionResult => ({ errors: (context.ending = errors) });
  try {
    const response = await fetch(url, {
      method: "POST",
      headers: { ...headersFor(request), ...(request.isOurs ? context.pinned.headers(false) : {}), accept: "text/event-stream" },
      body: JSON.stringify({ query: textOf(document), variables }),
      signal: gone.signal,
    });
    clearTimeout(late);
    if (!response.headers.get("content-type")?.startsWith("text/event-stream") || !response.body) {
      const answer = readAnswer(await response.text(), request);
      return yield ended(answer && answer.errors.length > 0 ? answer.errors : [unavailable(subgraph, "gave no good answer")]);
    }
    for await (const { name, text } of readStream(response.body)) {
      if (name === "complete") return;
      const answer = readAnswer(text, request);
      if (!answer) return yield ended([unavailable(subgraph, "gave no good answer")]);
      context.pinned.moveTo(answer);
      if (answer.data === null) yield ended(answer.errors);
      else yield { data: answer.data, ...(answer.errors.length > 0 ? { errors: answer.errors } : {}) };
    }
    yield ended([unavailable(subgraph, "ended its events")]);
  } catch (error) {
    if (context.signal.aborted) return;
    context.request.log.warn({ err: error, subgraph }, "A subgraph ended its events.");
    yield ended([unavailable(subgraph, "does not answer")]);
  } finally {
    clearTimeout(late);
    context.signal.removeEventListener("abort", end);
    gone.abort();
  }
}
