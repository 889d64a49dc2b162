import { LRUCache } from "lru-cache";
import type { ExpectedError } from "../../errors";
import type { Admission } from "./admission";
import type { Gate } from "./gate";

/**
 * Says why a request is sent away that nothing else has looked at yet; null: it is to be looked at. `path`: where it came to. `key`: tells its
 * body, and the rest of it, from all others.
 */
export type Shed = (path: string, body: Buffer, key: string) => ExpectedError | null;

/** Characters of the keys of requests whose costs are remembered, at most. */
const REMEMBERED = 4 * 1024 * 1024;

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === "object" && value !== null && !Array.isArray(value);

/** What a request costs, as far as can be told at once; null if it cannot. */
function costOf({ documents }: Gate, body: Buffer): number | null {
  let asked: unknown;
  try {
    asked = JSON.parse(body.toString());
  } catch {
    return null;
  }
  if (!isObject(asked) || typeof asked.query !== "string") return null;
  const { operationName = null, variables } = asked;
  if (!(operationName === null || typeof operationName === "string") || !(variables == null || isObject(variables))) return null;
  const checked = documents.recall(asked.query);
  if (checked?.kind !== "good") return null;
  try {
    return documents.estimate(checked, operationName, variables ?? {})?.cost ?? null;
  } catch {
    return null;
  }
}

/**
 * Sends requests away, while others wait, that would have to wait for too long, before they cost any more: under a flood, that is most of
 * what there is to do. What a request costs is remembered, as what floods a server is often the same again. What cannot be told here at once
 * is left to who reads the request.
 */
export function shedding(gates: ReadonlyMap<string, Gate>, admission: Admission): Shed {
  const costs = new LRUCache<string, number>({ maxSize: REMEMBERED, sizeCalculation: (_cost, key) => key.length + 100 });
  return (path, body, key) => {
    const gate = admission.isQueued ? gates.get(path) : undefined;
    if (!gate) return null;
    let cost = costs.get(key) ?? null;
    if (cost === null) {
      cost = costOf(gate, body);
      if (cost === null) return null;
      costs.set(key, cost);
    }
    return admission.refuse(cost);
  };
}
