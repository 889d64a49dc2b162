import { useEffect, useState } from "react";
import type { CombinedError } from "urql";
import type { Conditions } from "../conditions/conditions";
import { plainClient } from "../graph/client";
import { useFreshness } from "../graph/freshness";
import { addColumns, type Columns } from "./columns";
import { columnsQuery } from "./queries";

interface Held {
  readonly key: string;
  readonly columns: Columns | null;
  readonly error: CombinedError | null;
}

/** What was there when a leaderboard was last in sight: to go back to it is to see it at once. */
let last: Held | null = null;

/**
 * Asks for the columns that are wanted and not there yet. While those of other conditions are on their way, the earlier ones are given,
 * and `isWaiting` says so.
 */
export function useColumns(domain: string, under: Conditions | undefined, wanted: readonly string[]) {
  const freshness = useFreshness();
  const key = JSON.stringify([domain, under, freshness]);
  const [held, setHeld] = useState<Held>(() => (last?.key === key ? last : { key, columns: null, error: null }));
  const here = held.key === key ? held.columns : null;
  const missing = wanted.filter((identifier) => !here?.cells.has(identifier));
  const asked = missing.join("\n");
  useEffect(() => {
    if (asked === "") return;
    let isLate = false;
    const variables = { domain, under, benchmarks: asked.split("\n") };
    void plainClient
      .query(columnsQuery, variables)
      .toPromise()
      .then(({ data, error }) => {
        if (isLate) return;
        setHeld((before) => {
          const columns = before.key === key ? before.columns : null;
          last = { key, columns: data && !error ? addColumns(columns, data.standings) : columns, error: error ?? null };
          return last;
        });
      });
    return () => void (isLate = true);
    // `key` stands for domain, conditions and freshness.
  }, [key, asked]);
  return { columns: here ?? held.columns, error: held.key === key ? held.error : null, isWaiting: missing.length > 0 };
}
