import { FAILED, NOT_RUN } from "../../scoring/column";
import { Ranking } from "../../scoring/ranking";
import { column, needed } from "./column";
import { type Row, rowsAtOnce } from "./in-batches";
import { scoredLeaves } from "./scored-leaves";
import { shownSlots } from "./shown-slots";
import type { Subject, Table } from "./table";

const COLUMNS = [
  needed("model", "text", "The model's name."),
  needed("benchmark", "text", "The benchmark's identifier."),
  column("version", "integer", "Number of the version of the leaf that counts. Nothing on a parent."),
  needed("state", "text", "`SCORED` or `FAILED`."),
  column("value", "number", "The value, unrounded. Nothing unless SCORED."),
  column("error", "number", "The standard error of the value. Nothing if unknown."),
  column("rank", "integer", "The rank among the models of the file. Nothing unless SCORED."),
  column("tied_with", "integer", "How many other models hold the same rank. Nothing unless SCORED."),
  column("percentile", "number", "The share, 0 to 1, of the other scored models that rank strictly worse. Nothing without any."),
  needed("scored_leaves", "integer", "Counting leaves at or below the benchmark with a value."),
  needed("leaves", "integer", "All counting leaves at or below the benchmark."),
  column("raw", "number", "On a leaf, the raw score that the value comes from. Nothing if unknown."),
  column("ceiled", "number", "On a leaf, the same divided by the ceiling. Nothing if unknown."),
  column("started_at", "instant", "On a leaf, when the run that counts started. Nothing if unknown."),
  column("ended_at", "instant", "On a leaf, when it ended. Nothing if unknown."),
];

const known = (number: number): number | null => (Number.isNaN(number) ? null : number);

/** Cells of the population, benchmark by benchmark, so that one column is looked at and sorted at a time. */
function* rows({ basis }: Subject): Generator<Row[]> {
  const { findings, board } = basis;
  const { identifiers, rankDecimals } = board.catalog.tree;
  const { raw, ceiled, startedAt, endedAt } = board.observations;
  const most = rowsAtOnce(COLUMNS.length);
  const shown = yield* shownSlots(basis);
  for (const node of basis.listed()) {
    const cells = findings.columns[node]!;
    // Not the one that the board keeps: the ranks of all nodes would be held at once.
    const ranking = new Ranking(cells, findings.population, rankDecimals[node]);
    const version = basis.version(node)?.number ?? null;
    const leaves = findings.scope.leafCount[node];
    yield [];
    for (let from = 0; from < shown.length; from += most) {
      const slots = shown.slice(from, from + most).filter((slot) => cells.states[slot] !== NOT_RUN);
      const scored = scoredLeaves(findings, node, slots);
      yield slots.map((slot, at) => {
        const ran = findings.winner(node, slot);
        return [
          ...[board.names[slot], identifiers[node], version, cells.states[slot] === FAILED ? "FAILED" : "SCORED"],
          ...[findings.value(node, slot), findings.error(node, slot)],
          ...[ranking.rank(slot), ranking.tiedWith(slot), ranking.percentile(slot), scored[at], leaves],
          ...(ran < 0 ? [null, null, null, null] : [raw, ceiled, startedAt, endedAt].map((of) => known(of[ran]))),
        ];
      });
    }
  }
}

/** What every model scored on every benchmark. */
export const scoresTable: Table = {
  description:
    "The cells of the tree, one a row: benchmarks in tree order, on each the models by name. Cells of models that were never run there are left out.",
  columns: COLUMNS,
  rows,
};
