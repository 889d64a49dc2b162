import { type Config } from "../config";
import { createLogger } from "../server/logger";
import { logForgotten } from "../server/log-forgotten";
import { startPlatform, type Platform } from "../server/platform";
import { stopOnSignal } from "../server/stop-on-signal";
import { describeImport } from "./describe-import";
import { explainFailure } from "./explain-failure";
import { showProgress } from "./show-progress";
import { placeOf } from "./place-of";

/** `scoretree serve`: opens and migrates the database, fills it if it is empty, and serves until a signal comes. */
export async function runServe(config: Config): Promise<void> {
  const logger = createLogger(config.logLevel);
  logForgotten(logger);
  const { onProgress, stop } = showProgress(config.logLevel === "silent");
  const starting = startPlatform(config, { logger, onProgress }).finally(stop);
  // A signal while it starts waits for the end of the start: then everything that was opened can be closed.
  stopOnSignal(async () => (await starting).stop(), logger);
  let platform: Platform;
  try {
    platform = await starting;
  } catch (error) {
    throw explainFailure(error, config);
  }
  if (platform.loaded) console.log(describeImport(platform.loaded, false));
  console.log(welcome(platform.url, placeOf(config)));
}

const QUERY = `{ model(domain: "vision", name: "resnet-50x2_untrained") { name score(benchmark: "average_vision") { display rank } } }`;

const welcome = (url: string, place: string): string => `
scoretree serves at ${url}

  pages      ${url}/
  GraphiQL   ${url}/graphiql
  API        ${url}/graphql
  schema     ${url}/schema.graphql

${place} holds the facts. Try:

  curl -s ${url}/graphql -H 'content-type: application/json' -d '${JSON.stringify({ query: QUERY })}'

Stop with Ctrl+C.
`;
