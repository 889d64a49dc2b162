import type { TadaDocumentNode } from "gql.tada";
import { useMemo, useRef } from "react";
import { type CombinedError, type OperationContext, useQuery } from "urql";
import { useFreshness } from "./freshness";

export interface Answer<Data> {
  /** What was answered: while a newer question waits, what the one before was answered. Null before the first answer. */
  readonly data: Data | null;
  /** Why there is no newer answer; null if nothing is wrong. */
  readonly error: CombinedError | null;
  /** True while a question waits for its answer. */
  readonly isWaiting: boolean;
}

/**
 * Asks whenever the variables change, and anew when the reader wants what is newest. The last answer stays until the next one, so that a
 * page need not empty meanwhile. `pause`: does not ask.
 */
export function useAnswer<Data, Variables extends Record<string, unknown>>(
  query: TadaDocumentNode<Data, Variables>,
  variables: Variables,
  { pause = false } = {},
): Answer<Data> {
  const freshness = useFreshness();
  const context = useMemo(
    (): Partial<OperationContext> => ({ requestPolicy: freshness === 0 ? "cache-first" : "cache-and-network", freshness }),
    [freshness],
  );
  const [{ data, error, fetching, stale }] = useQuery<Data, Variables>({ query, variables, pause, context });
  const kept = useRef<Data | null>(null);
  if (data !== undefined && !error) kept.current = data;
  return { data: error ? null : (data ?? kept.current), error: error ?? null, isWaiting: fetching || stale };
}
