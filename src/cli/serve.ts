import { type Config } from "../config";
import { ExpectedError } from "../errors";
import type { Subgraph } from "../federation/subgraph";
import { createLogger } from "../server/logger";
import { logForgotten } from "../server/log-forgotten";
import { startPlatform, type Platform } from "../server/platform";
import { stopOnSignal } from "../server/stop-on-signal";
import { SUBGRAPHS } from "../server/subgraphs";
import { traceConfigured } from "../server/tracing/trace-configured";
import { describeImport } from "./describe-import";
import { explainFailure } from "./explain-failure";
import { showProgress } from "./show-progress";
import { placeOf } from "./place-of";
import { warnOfPlainHttp } from "./warn-of-plain-http";

/**
 * `scoretree serve`: opens and migrates the database, fills it if it is empty, and serves until a signal comes. `names`: subgraphs that are
 * served each alone, for a gateway; none serves all of them joined. Throws CONFIGURATION on a name that is none.
 */
export async function runServe(config: Config, names: readonly string[] = []): Promise<void> {
  const logger = createLogger(config.logLevel);
  logForgotten(logger);
  const stopTracing = traceConfigured(config, logger);
  const subgraphs = names.length > 0 ? findSubgraphs(names) : undefined;
  warnOfPlainHttp(config, logger);
  const { onProgress, stop } = showProgress(config.logLevel === "silent");
  const starting = startPlatform(config, { logger, onProgress, subgraphs }).finally(stop);
  // A signal while it starts waits for the end of the start: then everything that was opened can be closed.
  stopOnSignal(async (signal) => {
    await (await starting).stop(signal === "SIGTERM" ? config.stopNotice : 0);
    await stopTracing();
  }, logger);
  let platform: Platform;
  try {
    platform = await starting;
  } catch (error) {
    throw explainFailure(error, config);
  }
  if (platform.loaded) console.log(describeImport(platform.loaded, false));
  console.log(subgraphs ? subgraphWelcome(platform.url, subgraphs, placeOf(config)) : welcome(platform.url, placeOf(config)));
}

function findSubgraphs(names: readonly string[]): Subgraph[] {
  const unknown = names.filter((name) => !SUBGRAPHS.some((subgraph) => subgraph.name === name));
  if (unknown.length > 0) {
    const known = SUBGRAPHS.map(({ name }) => name).join(", ");
    throw new ExpectedError("CONFIGURATION", `There is no subgraph ${unknown.join(", ")}. Expected any of ${known}.`);
  }
  return SUBGRAPHS.filter(({ name }) => names.includes(name));
}

const subgraphWelcome = (url: string, subgraphs: readonly Subgraph[], place: string): string => `
scoretree serves at ${url}

${subgraphs.map(({ name }) => `  ${name.padEnd(11)}  ${url}/graphql/${name}`).join("\n")}

${place} holds the facts. A gateway joins the subgraphs: scoretree serve gateway

Stop with Ctrl+C.
`;

const QUERY = `{ domains { slug roots { identifier leaderboard(first: 3) { nodes { rank model { name } score { display } } } } } }`;

const welcome = (url: string, place: string): string => `
scoretree serves at ${url}

  pages      ${url}/
  GraphiQL   ${url}/graphiql
  API        ${url}/graphql
  schema     ${url}/schema.graphql

${place} holds the facts. Try:

  curl -s ${url}/graphql -H 'content-type: application/json' -d '${JSON.stringify({ query: QUERY })}'

To write, make an account: scoretree account create KEY --admin

Stop with Ctrl+C.
`;
