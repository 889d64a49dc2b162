import { describe, expect, it } from "@jest/globals";
import type { DomainCatalog } from "../../src/board/domain-catalog";
import { columnFiller, emptyColumns, highestOf, type ObservationRow } from "../../src/board/observation-columns";
import { renewObservations } from "../../src/board/renew-observations";

/** Places of so many models and nodes; the version of pk p is the number `version` of the node p. */
function placesOf(models: number, nodes: number, version: number) {
  const all = Array.from({ length: nodes }, (_, node) => ({ node, version: { number: version } }));
  const catalog = { tree: { size: nodes }, versions: all.map(({ version }) => [version]), versionsByPk: new Map(all.entries()) };
  return { catalog: catalog as unknown as DomainCatalog, slots: new Map(Array.from({ length: models }, (_, slot) => [slot, slot])) };
}

const row = (revision: number, pk: number, model: number, node: number): ObservationRow => [revision, pk, model, node, 0.5, 0.5, null, false, false, 1, 2]; // prettier-ignore

describe("observations that are renewed", () => {
  it("hold whole numbers that are larger than any before", () => {
    const few = placesOf(200, 200, 255);
    const before = emptyColumns(2, highestOf(few, 200));
    columnFiller(few, before)([row(10, 1, 199, 199), row(200, 2, 0, 1)], 0);
    expect([before.model, before.node, before.version, before.revision].map((column) => column.BYTES_PER_ELEMENT)).toEqual([1, 1, 1, 1]);

    const many = placesOf(70_000, 300, 256);
    const renewed = renewObservations(before, many, [row(2 ** 33, 3, 69_999, 299), row(2 ** 33 + 1, 1, 69_998, 298)], 2)!;
    const { after } = renewed;
    const told = [0, 1, 2].map((at) => [after.revision[at], after.pk[at], after.model[at], after.node[at], after.version[at]]);
    expect(told).toEqual([
      [2 ** 33 + 1, 1, 69_998, 298, 256],
      [200, 2, 0, 1, 255],
      [2 ** 33, 3, 69_999, 299, 256],
    ]);
    expect(renewed.changed).toEqual([0]);
    expect([...before.model, ...before.node, ...before.version, ...before.revision]).toEqual([199, 0, 199, 1, 255, 255, 10, 200]);
  });
});
