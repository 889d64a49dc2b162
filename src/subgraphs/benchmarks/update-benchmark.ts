import { changedColumns } from "../../database/changed-columns";
import type { Row } from "../../database/write-rows";
import { quote, refuseNull, refuseOutside } from "../../federation/check-input";
import { citeReference } from "../../federation/cite-reference";
import type { Context } from "../../federation/context";
import { findDomain } from "../../federation/find-domain";
import { mutate, type Writing } from "../../federation/mutate";
import type { UpdateBenchmarkInput } from "./benchmark-input";
import { UpdateBenchmarkPayload } from "./benchmark-payload";
import { findKept, findParent, type KeptBenchmark, nextRootPosition } from "./find-kept";
import { benchmarkByName } from "./from-catalog";

/** Changes a benchmark: its place in the tree, how it is shown and ranked, what it cites. For admins. What is said already is not written again. */
export const updateBenchmark = (context: Context, input: UpdateBenchmarkInput): Promise<UpdateBenchmarkPayload> =>
  mutate(context, { payload: UpdateBenchmarkPayload, name: "updateBenchmark", input, needs: "admin" }, async (writing) => {
    const { domain, identifier, order, isVisible, rankDecimals } = input;
    refuseNull(writing, ["order"], order);
    refuseNull(writing, ["isVisible"], isVisible);
    refuseOutside(writing, ["rankDecimals"], rankDecimals, { most: 9 });
    const domainPk = await findDomain(writing, domain);
    const kept = domainPk === null ? null : await findKept(writing, domainPk, "identifier", identifier);
    if (domainPk === null || !kept) return () => ({});

    const place = await newPlace(writing, domainPk, kept, input.parent);
    const reference_pk = await citeReference(writing, { domainPk, key: input.reference, citedPk: kept.reference_pk, isPublic: true });
    if (writing.isRefused) return () => ({});

    const row = { ...place, order, is_visible: isVisible, rank_decimals: rankDecimals, reference_pk };
    const changed = changedColumns(row, kept);
    if (Object.keys(changed).length > 0) await writing.change("benchmark", [{ ...changed, pk: kept.pk }]);
    if ("root_position" in changed && kept.root_position !== null) await closeGap(writing, domainPk, kept.root_position);
    return () => ({ benchmark: benchmarkByName(context.view.catalog, domain, identifier) });
  });

/** Of the benchmark $1 and all above it: whether $2 is among them, and whether their root counts raw scores. */
const ABOVE = `
  WITH RECURSIVE above AS (
    SELECT pk, parent_pk, is_raw FROM benchmark WHERE pk = $1
    UNION ALL SELECT b.pk, b.parent_pk, b.is_raw FROM benchmark b JOIN above ON b.pk = above.parent_pk)
  SELECT bool_or(pk = $2) AS "isLoop", bool_or(is_raw) AS "isRaw" FROM above`;

/** The columns of its place in the tree; none if `parent` is absent. What becomes a root counts scores as the root did that it was below. */
async function newPlace(writing: Writing, domainPk: number, kept: KeptBenchmark, parent: string | null | undefined): Promise<Row> {
  const { query, refuse } = writing;
  if (parent === undefined || (parent === null && kept.parent_pk === null)) return {};
  if (parent === null) {
    const [{ isRaw }]: { isRaw: boolean }[] = await query(ABOVE, [kept.pk, kept.pk]);
    return { parent_pk: null, is_raw: isRaw, root_position: await nextRootPosition(writing, domainPk) };
  }
  if (kept.root_position === 0) refuse("CONFLICT", ["parent"], `${quote(kept.identifier)} is the global root: it stands below nothing.`);
  const above = await findParent(writing, domainPk, parent);
  if (!above) return {};
  const [{ isLoop }]: { isLoop: boolean }[] = await query(ABOVE, [above.pk, kept.pk]);
  if (isLoop) refuse("CONFLICT", ["parent"], `${quote(kept.identifier)} would stand below itself.`);
  return { parent_pk: above.pk, is_raw: false, root_position: null };
}

/** Moves the later roots up. */
async function closeGap({ query, change }: Writing, domainPk: number, position: number): Promise<void> {
  const later: { pk: number; root_position: number }[] = await query(
    `SELECT pk, root_position - 1 AS root_position FROM benchmark WHERE domain_pk = $1 AND root_position > $2 ORDER BY root_position`,
    [domainPk, position],
  );
  await change("benchmark", later);
}
