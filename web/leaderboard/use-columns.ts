import { useEffect, useState } from "react";
import type { CombinedError } from "urql";
import type { Conditions } from "../conditions/conditions";
import { client } from "../graph/client";
import { useFreshness } from "../graph/freshness";
import { addColumns, type Columns } from "./columns";
import { columnsQuery } from "./queries";

interface Held {
  readonly key: string;
  readonly columns: Columns | null;
  readonly error: CombinedError | null;
}

/**
 * Asks for the columns that are wanted and not there yet. While those of other conditions are on their way, the earlier ones are given,
 * and `isWaiting` says so.
 */
export function useColumns(domain: string, under: Conditions | undefined, wanted: readonly string[]) {
  const freshness = useFreshness();
  const key = JSON.stringify([domain, under, freshness]);
  const [held, setHeld] = useState<Held>({ key, columns: null, error: null });
  const here = held.key === key ? held.columns : null;
  const missing = wanted.filter((identifier) => !here?.cells.has(identifier));
  const asked = missing.join("\n");
  // Columns of one revision belong together: more of them, or newer ones, are not to come from what was answered before.
  const requestPolicy = here || freshness > 0 ? "network-only" : "cache-first";
  useEffect(() => {
    if (asked === "") return;
    let isLate = false;
    const variables = { domain, under, benchmarks: asked.split("\n") };
    void client
      .query(columnsQuery, variables, { requestPolicy })
      .toPromise()
      .then(({ data, error }) => {
        if (isLate) return;
        setHeld((before) => {
          const columns = before.key === key ? before.columns : null;
          return { key, columns: data && !error ? addColumns(columns, data.standings) : columns, error: error ?? null };
        });
      });
    return () => void (isLate = true);
    // `key` stands for domain, conditions and freshness; the policy follows from what is there.
  }, [key, asked]);
  return { columns: here ?? held.columns, error: held.key === key ? held.error : null, isWaiting: missing.length > 0 };
}
