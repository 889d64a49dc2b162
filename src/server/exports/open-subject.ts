import type { GraphQLInputObjectType } from "graphql";
import { ExpectedError, notFound } from "../../errors";
import { canonical } from "../../federation/canonical";
import type { Context } from "../../federation/context";
import { basisUnder, boardOf } from "../../subgraphs/scores/basis-under";
import type { Conditions } from "../../subgraphs/scores/conditions";
import { badParameter } from "./bad-parameter";
import { coerceConditions } from "./coerce-conditions";
import type { ExportFile } from "./files";
import { CONDITION_PARAMETERS, readConditions, readOnly } from "./read-conditions";
import type { Subject } from "./table";

/** What an address asks for, ready to be written. */
export interface OpenedSubject extends Subject {
  /** The conditions as JSON, `{}` for none. */
  readonly conditions: string;
}

/**
 * Reads the parameters of a file's address and computes what the file rests on. `type`: the API's type of conditions. Throws NOT_FOUND for
 * an unknown domain, BAD_USER_INPUT for parameters that there are none of, or that are wrong, each with what was expected.
 */
export async function openSubject(
  context: Context,
  slug: string,
  { isOfBenchmark }: ExportFile,
  search: URLSearchParams,
  type: GraphQLInputObjectType,
): Promise<OpenedSubject> {
  const board = boardOf(context.view, slug);
  const known = [...CONDITION_PARAMETERS, ...(isOfBenchmark ? ["benchmark"] : [])];
  const unknown = [...search.keys()].find((name) => !known.includes(name));
  if (unknown !== undefined) throw badParameter(unknown, `one of the parameters ${known.join(", ")}`, unknown);

  const input = readConditions(search) ?? {};
  const under = coerceConditions(input, type);
  if (under.asOf && under.release != null) throw badParameter("asOf", "either asOf or release, not both", search.get("asOf")!);
  const releases = board.catalog.releases.map(({ name }) => name);
  if (under.release != null && !releases.includes(under.release))
    throw badParameter("release", `a release of ${slug}: ${releases.join(", ") || "there is none yet"}`, under.release);

  const basis = await atParameter(under, () => basisUnder(context, slug, under));
  const benchmark = readOnly(search, "benchmark");
  const node = basis.board.catalog.tree.find(benchmark ?? "");
  if (benchmark !== undefined && node < 0) throw badParameter("benchmark", `the identifier of a benchmark of ${slug}`, benchmark);
  return { context, basis, node: benchmark === undefined ? basis.nodeOrRoot(null) : node, conditions: canonical(input) };
}

const BENCHMARKS = "identifiers of benchmarks of the domain";

/** Says at which parameter a benchmark stands that there is not, or that can have no such weight. */
async function atParameter<T>({ weights, only }: Conditions, compute: () => T | Promise<T>): Promise<T> {
  try {
    return await compute();
  } catch (error) {
    if (!(error instanceof ExpectedError)) throw error;
    const weighed = (weights ?? []).map(({ benchmark }) => benchmark);
    const named: readonly (readonly [parameter: string, expected: string, benchmarks: readonly string[]])[] = [
      ["weights", `${BENCHMARKS} that are no roots, each once, with weights from 0 to 1e6`, weighed],
      ["only.identifiers", BENCHMARKS, only?.identifiers ?? []],
      ["only.below", BENCHMARKS, only?.below ?? []],
    ];
    for (const [parameter, expected, benchmarks] of named) {
      const at = benchmarks.findIndex((benchmark) => error.message.includes(JSON.stringify(benchmark)));
      if (at < 0) continue;
      throw badParameter(parameter, expected, parameter === "weights" ? `${benchmarks[at]}:${weights![at].weight}` : benchmarks[at]);
    }
    throw error;
  }
}

/** The file of a name. Throws NOT_FOUND, with the names that there are, for another one. */
export function fileOf(files: ReadonlyMap<string, ExportFile>, name: string): ExportFile {
  const file = files.get(name);
  if (!file) throw new ExpectedError("NOT_FOUND", `${notFound("file", name).message} There are: ${[...files.keys()].join(", ")}.`);
  return file;
}
