import { isDeepStrictEqual } from "node:util";
import { askHttp } from "../support/ask-http";
import type { StartedServer } from "../support/start-server";

/** What is answered to hostile requests. */
export interface Told {
  readonly status: number;
  readonly body: string;
  readonly milliseconds: number;
}

/** Milliseconds that an answer may take on a machine that is busy with other tests; SCORETREE_ABUSE_MILLISECONDS=1000 by hand on one that is not. */
const LONGEST = Number(process.env.SCORETREE_ABUSE_MILLISECONDS ?? 20_000);

/** What tells of the inside: places of files, stacks, SQL and how Postgres speaks of it, packages, our own classes. */
const INTERNAL =
  /node_modules|\/(src|dist|home|work|tmp)\/|\.[jt]s:\d+|\bat (async )?[\w.<>]+ \(|\b(SELECT|INSERT INTO|UPDATE|DELETE FROM) .{0,80}? (FROM|VALUES|SET)\b|syntax error at or near|invalid byte sequence|out of range for type|violates|relation "|column "|pg_|typeorm|QueryFailed|TypeError|RangeError|ReferenceError|Cannot read propert|is not a function|is not iterable|undefined \(|Maximum call stack|ECONN|This must not happen/;

/** What is wrong with an answer to a hostile request, or null. `asked`: what was sent, which answers may repeat. */
export function faultOf({ status, body, milliseconds }: Told, asked = "", isJson = true): string | null {
  if (status >= 500 || status < 200) return `status ${status}`;
  if (milliseconds > LONGEST) return `${milliseconds.toFixed(0)} ms`;
  let told: { data?: unknown; errors?: { message: string; extensions?: { code?: string } }[] } | undefined;
  if (isJson) {
    try {
      told = JSON.parse(body) as typeof told;
    } catch {
      return "no JSON";
    }
    for (const { message, extensions } of told?.errors ?? []) {
      if (!extensions?.code) return `no code: ${message}`;
      if (extensions.code === "INTERNAL_SERVER_ERROR" || extensions.code === "UNAVAILABLE") return extensions.code;
    }
  }
  // What a client sent may stand in what it is told, in quotes.
  const found = INTERNAL.exec(isJson ? JSON.stringify(told?.errors ?? told) : body);
  if (found && !asked.includes(found[0].replaceAll("\\\\", ""))) return `internal: ${found[0]}`;
  return null;
}

/** What everybody asks, and is told however others behave. */
const HONEST = `{ domain(slug: "honest") { name modelCount leafCount } standings(domain: "honest") { populationSize leaderboard { totalCount nodes { rank model { name } score { value display } } } } model(domain: "honest", name: "alpha") { score(benchmark: "part") { raw: value rank } } }`;

const RIGHT = {
  domain: { name: "honest", modelCount: 1, leafCount: 1 },
  standings: {
    populationSize: 1,
    leaderboard: { totalCount: 1, nodes: [{ rank: 1, model: { name: "alpha" }, score: { value: 0.25, display: ".250" } }] },
  },
  model: { score: { raw: 0.25, rank: 1 } },
};

/** Asks an honest question, whose answer is computed anew; gives back what is wrong with it, or null. */
export async function askHonestly({ url }: StartedServer): Promise<string | null> {
  const { status, body } = await askHttp(url, { path: "/graphql", body: { query: HONEST, extensions: { anew: Math.random() } } });
  const { data, errors } = JSON.parse(body) as { data: unknown; errors?: unknown };
  return status === 200 && !errors && isDeepStrictEqual(data, RIGHT) ? null : `an honest question was answered ${status} ${body}`;
}
