import { Arg, Ctx, Directive, FieldResolver, Int, Resolver, Root } from "type-graphql";
import { groupBy } from "../../board/group-by";
import { isStorable } from "../../database/is-storable";
import { askAgain } from "../../federation/ask-again";
import type { Context } from "../../federation/context";
import { limitNumber } from "../../federation/limit-list";
import { presentBasis } from "./basis-under";
import { Submission } from "./foreign";
import { cellOf, Score } from "./score";

const SCORES_AT_MOST = 1_000;

interface Cell {
  readonly modelPk: number;
  readonly benchmarkPk: number;
}

/** Cells by their first observation. A submission whose cells are not the viewer's to see has one row all the same, of nulls. */
const CELLS = `
  SELECT submission.id, observation.model_pk AS "modelPk", benchmark_version.benchmark_pk AS "benchmarkPk"
  FROM submission LEFT JOIN observation ON observation.submission_pk = submission.pk
  LEFT JOIN benchmark_version ON benchmark_version.pk = observation.version_pk
  WHERE submission.id = ANY ($1) GROUP BY 1, 2, 3 ORDER BY min(observation.pk)`;

async function cellsById(ids: readonly string[], context: Context): Promise<(readonly Cell[] | null)[]> {
  const rows = await context.read<{ id: string; modelPk: number | null; benchmarkPk: number }>(CELLS, [ids.filter(isStorable)]);
  const byId = groupBy(rows, ({ id }) => id);
  return ids.map((id) => byId.get(id)?.flatMap(({ modelPk, benchmarkPk }) => (modelPk === null ? [] : [{ modelPk, benchmarkPk }])) ?? null);
}

@Resolver(() => Submission)
export class SubmissionFields {
  // What a reference brings as `revision` is only its sender's claim. That it is asked for makes the owner of submissions look whether the
  // viewer sees this one.
  @Directive('@requires(fields: "revision")')
  @FieldResolver(() => [Score], {
    description:
      "The cells that it wrote, each once, in the order in which they were handed in, as they stand at `revision` or later: with their ranks, and without those outside the tree. " +
      "A model that is not public has the ranks that it would have if it joined.",
  })
  async scores(
    @Arg("first", () => Int, { nullable: true, defaultValue: 100, description: "How many, at most 1000." }) first: number | null,
    @Root() { id }: Submission,
    @Ctx() context: Context,
  ): Promise<Score[]> {
    limitNumber("first", first, { most: SCORES_AT_MOST });
    const cells = await askAgain(context, () => context.loader(cellsById).load(id));
    const { view } = context;
    const scores: Score[] = [];
    for (const { modelPk, benchmarkPk } of cells ?? []) {
      if (scores.length === (first ?? 100)) break;
      const place = view.modelByPk(modelPk);
      if (!place) continue;
      const node = place.board.catalog.benchmarks.findIndex(({ pk }) => pk === benchmarkPk);
      const score = cellOf(presentBasis(view, place.board), node, place.slot);
      if (score) scores.push(score);
    }
    return scores;
  }
}
