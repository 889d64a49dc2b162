import type { ExpectedError } from "../../errors";
import type { Admission } from "./admission";
import type { Gate } from "./gate";

/** Says why a request is sent away that nothing else has looked at yet; null: it is to be looked at. `path`: where it came to. */
export type Shed = (path: string, body: Buffer) => ExpectedError | null;

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === "object" && value !== null && !Array.isArray(value);

/**
 * Sends requests away, while others wait, that would have to wait for too long, before they cost any more: under a flood, that is most of
 * what there is to do. What cannot be told here at once is left to who reads the request.
 */
export function shedding(gates: ReadonlyMap<string, Gate>, admission: Admission): Shed {
  return (path, body) => {
    const gate = admission.isQueued ? gates.get(path) : undefined;
    if (!gate) return null;
    let asked: unknown;
    try {
      asked = JSON.parse(body.toString());
    } catch {
      return null;
    }
    if (!isObject(asked) || typeof asked.query !== "string") return null;
    const { operationName = null, variables } = asked;
    if (!(operationName === null || typeof operationName === "string") || !(variables == null || isObject(variables))) return null;
    const checked = gate.documents.recall(asked.query);
    if (checked?.kind !== "good") return null;
    try {
      const estimate = gate.documents.estimate(checked, operationName, variables ?? {});
      return estimate && admission.refuse(estimate.cost);
    } catch {
      return null;
    }
  };
}
