import type { Context } from "../../federation/context";
import { findDomain } from "../../federation/find-domain";
import { mutate } from "../../federation/mutate";
import type { SetBenchmarkVisibilityInput } from "./benchmark-input";
import { SetBenchmarkVisibilityPayload } from "./benchmark-payload";
import { findKept } from "./find-kept";
import { benchmarkByName } from "./from-catalog";

/** Shows a benchmark in listings, or hides it (§3). For admins. What is so already is not written again. */
export const setBenchmarkVisibility = (context: Context, input: SetBenchmarkVisibilityInput): Promise<SetBenchmarkVisibilityPayload> =>
  mutate(context, { payload: SetBenchmarkVisibilityPayload, name: "setBenchmarkVisibility", input, needs: "admin" }, async (writing) => {
    const { domain, benchmark, isVisible } = input;
    const domainPk = await findDomain(writing, domain);
    const kept = domainPk === null ? null : await findKept(writing, domainPk, "benchmark", benchmark);
    if (kept && kept.is_visible !== isVisible) await writing.change("benchmark", [{ pk: kept.pk, is_visible: isVisible }]);
    return () => ({ benchmark: benchmarkByName(context.view.catalog, domain, benchmark) });
  });
