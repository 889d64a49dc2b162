import { QueryPlanner } from "@graphql-hive/router-query-planner";

/** What the gateway sends: first the supergraph, then what is to be planned. */
export type ToPlanner =
  { readonly supergraph: string } | { readonly id: number; readonly text: string; readonly operationName: string | null };

let planner: QueryPlanner | null = null;

// A process of its own: the planner is native, and where it meets what it does not expect, it ends the process that it is in.
process.on("message", (message: ToPlanner) => {
  if ("supergraph" in message) {
    planner = new QueryPlanner(message.supergraph);
    return;
  }
  const { id, text, operationName } = message;
  try {
    process.send?.({ id, plan: planner?.plan(text, operationName, new Set(), 0) ?? null });
  } catch {
    process.send?.({ id, plan: null });
  }
});
process.on("disconnect", () => process.exit());
