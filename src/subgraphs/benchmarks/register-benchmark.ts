import { freeId } from "../../database/free-id";
import { EXPECTED, isName } from "../../database/texts";
import { quote, refuseOutside } from "../../federation/check-input";
import { citeReference } from "../../federation/cite-reference";
import type { Context } from "../../federation/context";
import { findDomain } from "../../federation/find-domain";
import { mutate } from "../../federation/mutate";
import type { RegisterBenchmarkInput } from "./benchmark-input";
import { RegisterBenchmarkPayload } from "./benchmark-payload";
import { findParent, nextRootPosition } from "./find-kept";
import { benchmarkByName } from "./from-catalog";
import { versionColumns } from "./version-columns";

/** Registers a benchmark, with its first version if one is given. For admins. */
export const registerBenchmark = (context: Context, input: RegisterBenchmarkInput): Promise<RegisterBenchmarkPayload> =>
  mutate(context, { payload: RegisterBenchmarkPayload, name: "registerBenchmark", input, needs: "admin" }, async (writing) => {
    const { query, refuse } = writing;
    const { domain, identifier, order, isVisible, isRaw, rankDecimals, version } = input;
    const domainPk = await findDomain(writing, domain);
    if (!isName(identifier)) refuse("INVALID", ["identifier"], `Expected ${EXPECTED.name}, got ${quote(identifier)}.`);
    refuseOutside(writing, ["rankDecimals"], rankDecimals, { most: 9 });
    if (isRaw && input.parent != null)
      refuse("INVALID", ["isRaw"], "Expected false or no parent: only a root says whether raw scores count.");
    const columns = version == null ? null : versionColumns(writing, version);
    if (domainPk === null) return () => ({});

    const [taken] = await query(`SELECT FROM benchmark WHERE domain_pk = $1 AND identifier = $2`, [domainPk, identifier]);
    if (taken) refuse("CONFLICT", ["identifier"], `The domain has a benchmark ${quote(identifier)} already.`);
    const parent = input.parent == null ? null : await findParent(writing, domainPk, input.parent);
    const referencePk = await citeReference(writing, { domainPk, key: input.reference, isPublic: true });
    if (writing.isRefused) return () => ({});

    const [pk] = await writing.add("benchmark", [
      {
        id: await freeId(writing, "benchmark", "Benchmark", domain, identifier),
        domain_pk: domainPk,
        identifier,
        parent_pk: parent?.pk ?? null,
        order: order ?? 0,
        is_visible: isVisible ?? true,
        is_raw: isRaw ?? false,
        rank_decimals: rankDecimals,
        root_position: parent ? null : await nextRootPosition(writing, domainPk),
        reference_pk: referencePk,
      },
    ]);
    if (columns) {
      const id = await freeId(writing, "benchmark_version", "BenchmarkVersion", domain, identifier, version!.number);
      await writing.add("benchmark_version", [{ ...columns, id, benchmark_pk: pk }]);
    }
    return () => ({ benchmark: benchmarkByName(context.view.catalog, domain, identifier) });
  });
