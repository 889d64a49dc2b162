import { FAILED } from "../../scoring/column";
import { column, needed } from "./column";
import { type Row, rowsAtOnce } from "./in-batches";
import { scoredLeaves } from "./scored-leaves";
import type { Subject, Table } from "./table";

const COLUMNS = [
  column("rank", "integer", "The rank. Nothing for a model that failed on the benchmark."),
  needed("model", "text", "The model's name."),
  needed("model_id", "text", "The model's id, as in the API."),
  needed("state", "text", "`SCORED` or `FAILED`."),
  column("value", "number", "The value, unrounded. Nothing unless SCORED."),
  column("error", "number", "The standard error of the value. Nothing if unknown."),
  column("tied_with", "integer", "How many other models hold the same rank. Nothing unless SCORED."),
  column("percentile", "number", "The share, 0 to 1, of the other scored models that rank strictly worse. Nothing without any."),
  column("rank_best", "integer", "The best rank that the model could have, given everybody's errors at a confidence of 95 %."),
  column("rank_worst", "integer", "The worst rank that it could have. Compares each model's own interval; not an interval of the rank."),
  needed("scored_leaves", "integer", "Counting leaves at or below the benchmark with a value."),
  needed("leaves", "integer", "All counting leaves at or below the benchmark."),
];

const furtherColumns = ({ basis }: Subject) =>
  basis.listed().map((node) => {
    const identifier = basis.board.catalog.tree.identifiers[node];
    return column(`score_${identifier}`, "number", `The value on ${identifier}, unrounded. Nothing unless SCORED.`);
  });

function* rows({ basis, node }: Subject): Generator<Row[]> {
  const { findings, board } = basis;
  if (node < 0 || !findings.has(node)) return;
  const listed = basis.listed();
  const most = rowsAtOnce(COLUMNS.length + listed.length);
  const ranking = findings.ranking(node);
  yield [];
  const shown = Array.from(findings.leaderboard(node)).filter((slot) => basis.shows(slot));
  yield [];
  for (let from = 0; from < shown.length; from += most) {
    const slots = shown.slice(from, from + most);
    const scored = scoredLeaves(findings, node, slots);
    yield slots.map((slot, at) => {
      const interval = ranking.interval(slot);
      return [
        ...[ranking.rank(slot), board.names[slot], board.models[slot].id, findings.state(node, slot) === FAILED ? "FAILED" : "SCORED"],
        ...[findings.value(node, slot), findings.error(node, slot), ranking.tiedWith(slot), ranking.percentile(slot)],
        ...[interval?.best ?? null, interval?.worst ?? null, scored[at], findings.scope.leafCount[node]],
        ...listed.map((other) => findings.value(other, slot)),
      ];
    });
  }
}

/** Who is where on one benchmark, with what they scored on all others. */
export const leaderboardTable: Table = {
  description:
    "A model a row, by rank on one benchmark, then by exact value and name; then those that failed there, by name. Models that were never run there are left out. Behind the columns named here stands one for each benchmark of the tree.",
  columns: COLUMNS,
  furtherColumns,
  rows,
};
