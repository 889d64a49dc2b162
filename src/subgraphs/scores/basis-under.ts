import type { Conditions as BoardConditions } from "../../board/conditions";
import { standingsUnder } from "../../board/derived";
import type { DomainBoard } from "../../board/domain-board";
import type { ReleaseFacts } from "../../board/facts";
import type { View } from "../../board/view";
import { badInput, invariant, notFound } from "../../errors";
import { canonical } from "../../federation/canonical";
import type { Context } from "../../federation/context";
import { limitList } from "../../federation/limit-list";
import { checkWeights } from "../../scoring/check-weights";
import { compareCodePoints } from "../../scoring/compare-code-points";
import { Basis } from "./basis";
import { type Conditions, MissingPolicy } from "./conditions";
import { matchBenchmark } from "./match-benchmark";
import { matchModel } from "./match-model";

const WEIGHTS_AT_MOST = 1_000;

/** One basis a request for equal conditions, so that its statistics are made once; without conditions one for all who see the same. */
const kept = new WeakMap<object, Map<string, Basis>>();

/** The board of the domain that an argument names. Throws NOT_FOUND for an unknown one. */
export function boardOf(view: View, slug: string): DomainBoard {
  const board = view.domain(slug);
  if (!board) throw notFound("domain", slug);
  return board;
}

/**
 * What answers about a domain rest on, under the conditions of an argument: at once where everything is in memory. `view`: the
 * request's, or the same viewer's at the revision of a cursor. Throws NOT_FOUND for an unknown domain, release or benchmark,
 * BAD_USER_INPUT for conditions that contradict themselves.
 */
export function basisUnder(context: Context, slug: string, under?: Conditions | null, view = context.view): Basis | Promise<Basis> {
  const board = boardOf(view, slug);
  if (!under) return presentBasis(view, board, context.view);
  if (under.asOf && under.release != null) throw badInput("Conditions take asOf or release, not both.");
  if (under.release == null) return derivedBasis(context, view, board, under, null);
  const release = releaseOf(board, under.release);
  return releasedBoard(context, board, release).then((past) => derivedBasis(context, past.view, past.board, under, release));
}

/** The basis of answers about a domain without conditions, now or at the revision of a view; `present`: what its viewer sees today. */
export function presentBasis(view: View, board: DomainBoard, present = view): Basis {
  return basisOnce(
    present === view ? view.sameFor : view,
    board,
    "",
    () => new Basis(view, board, { standings: board.standings(), versions: board.catalog.currentVersions }, { present }),
  );
}

/** The release of a name in a domain. Throws NOT_FOUND for an unknown one. */
export function releaseOf({ catalog }: DomainBoard, name: string): ReleaseFacts {
  const release = catalog.releases.find((candidate) => candidate.name === name);
  if (!release) throw notFound("release", name);
  return release;
}

async function releasedBoard(context: Context, { catalog }: DomainBoard, { atRevision }: ReleaseFacts) {
  const past = await context.before(atRevision);
  const board = past.domain(catalog.domain.slug);
  invariant(board, "a release is of a domain that was there when it was made");
  return { view: past, board };
}

function derivedBasis(
  context: Context,
  view: View,
  board: DomainBoard,
  under: Conditions,
  release: ReleaseFacts | null,
): Basis | Promise<Basis> {
  const conditionsKey = keyOf(under);
  const once = (derived: Awaited<ReturnType<typeof standingsUnder>>) =>
    basisOnce(
      view,
      board,
      conditionsKey,
      () => new Basis(view, board, derived, { conditionsKey, asOf: under.asOf ?? null, release, present: context.view }),
    );
  const derived = standingsUnder(board, resolve(board, under), context.signal);
  return derived instanceof Promise ? derived.then(once) : once(derived);
}

function basisOnce(seen: object, board: DomainBoard, conditionsKey: string, make: () => Basis): Basis {
  let bases = kept.get(seen);
  if (!bases) kept.set(seen, (bases = new Map()));
  const key = `${board.serial} ${conditionsKey}`;
  let basis = bases.get(key);
  if (!basis) bases.set(key, (basis = make()));
  return basis;
}

/** A text that is equal for conditions that say the same; empty for those that say nothing. */
function keyOf({ asOf, weights, missing, ...others }: Conditions): string {
  const key = canonical({
    ...others,
    asOf: asOf?.getTime(),
    weights: weights?.length ? [...weights].sort((a, b) => compareCodePoints(a.benchmark, b.benchmark)) : null,
    missing: missing === MissingPolicy.ZERO ? null : missing,
  });
  return key === "{}" ? "" : key;
}

/** Conditions in the board's terms: nodes and slots. Throws on unknown benchmarks and on weights that are none. */
export function resolve(board: DomainBoard, { asOf, among, only, weights, missing }: Conditions): BoardConditions {
  limitList("weights", weights, { most: WEIGHTS_AT_MOST });
  return {
    valuesKey: keyOf({ asOf, only, weights, missing }),
    amongKey: among ? canonical(among) : "",
    asOf: asOf?.getTime() ?? null,
    only: only ? matchLeaves(board, only) : null,
    weights: weights?.length ? checkWeights(board.catalog.tree, weights) : null,
    missing: missing ?? MissingPolicy.ZERO,
    among: among
      ? (findings) => {
          const matches = matchModel(among, findings);
          return (slot) => matches(board.models[slot], slot);
        }
      : null,
  };
}

/** Whether a leaf matches with a version of it. */
function matchLeaves({ catalog }: DomainBoard, only: NonNullable<Conditions["only"]>): (leaf: number, version: number) => boolean {
  let number = 0;
  const matches = matchBenchmark(only, catalog, (leaf) => catalog.version(leaf, number));
  return (leaf, version) => {
    number = version;
    return matches(catalog.benchmarks[leaf], leaf);
  };
}
