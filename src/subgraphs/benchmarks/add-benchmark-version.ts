import { freeId } from "../../database/free-id";
import { quote } from "../../federation/check-input";
import type { Context } from "../../federation/context";
import { findDomain } from "../../federation/find-domain";
import { mutate, type Writing } from "../../federation/mutate";
import { AddBenchmarkVersionPayload } from "./benchmark-payload";
import { findKept, type KeptBenchmark } from "./find-kept";
import { versionById } from "./loaders";
import { versionColumns } from "./version-columns";
import type { AddBenchmarkVersionInput } from "./version-input";

/** Registers a version of a leaf, which is the current one from then on (§8). For admins. */
export const addBenchmarkVersion = (context: Context, input: AddBenchmarkVersionInput): Promise<AddBenchmarkVersionPayload> =>
  mutate(context, { payload: AddBenchmarkVersionPayload, name: "addBenchmarkVersion", input, needs: "admin" }, async (writing) => {
    const { domain, benchmark, version } = input;
    const columns = versionColumns(writing, version);
    const domainPk = await findDomain(writing, domain);
    const kept = domainPk === null ? null : await findKept(writing, domainPk, "benchmark", benchmark);
    if (kept) await refuseOutOfPlace(writing, kept, version.number);
    if (!kept || writing.isRefused) return () => ({});

    const id = await freeId(writing, "benchmark_version", "BenchmarkVersion", domain, benchmark, version.number);
    await writing.add("benchmark_version", [{ ...columns, id, benchmark_pk: kept.pk }]);
    return async () => ({ version: await versionById(context, id) });
  });

/** Refuses a version of a parent, and one whose number is not above every registered one. */
async function refuseOutOfPlace({ query, refuse }: Writing, { pk, identifier }: KeptBenchmark, number: number): Promise<void> {
  const [{ isParent, highest }]: { isParent: boolean; highest: number | null }[] = await query(
    `SELECT EXISTS (SELECT FROM benchmark WHERE parent_pk = $1) AS "isParent",
       (SELECT max(number) FROM benchmark_version WHERE benchmark_pk = $1) AS "highest"`,
    [pk],
  );
  if (isParent) refuse("CONFLICT", ["benchmark"], `The benchmark ${quote(identifier)} averages others: it has no versions.`);
  if (highest !== null && number <= highest)
    refuse("CONFLICT", ["version", "number"], `Expected a number above ${highest}, the highest registered one; got ${number}.`);
}
