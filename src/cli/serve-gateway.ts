import type { Config } from "../config";
import { startGateway, type Gateway } from "../server/gateway/start-gateway";
import { logForgotten } from "../server/log-forgotten";
import { createLogger } from "../server/logger";
import { stopOnSignal } from "../server/stop-on-signal";
import { traceConfigured } from "../server/tracing/trace-configured";
import { explainFailure } from "./explain-failure";
import { warnOfPlainHttp } from "./warn-of-plain-http";

/**
 * `scoretree serve gateway`: serves the platform's own subgraphs as one API, or the graph of a supergraph that was composed elsewhere, until
 * a signal comes. Throws CONFIGURATION if the supergraph cannot be served.
 */
export async function runServeGateway(config: Config, supergraphFile?: string): Promise<void> {
  const logger = createLogger(config.logLevel);
  logForgotten(logger);
  const stopTracing = traceConfigured(config, logger);
  warnOfPlainHttp(config, logger);
  const starting = startGateway(config, { logger, supergraphFile });
  stopOnSignal(async (signal) => {
    await (await starting).stop(signal === "SIGTERM" ? config.stopNotice : 0);
    await stopTracing();
  }, logger);
  let gateway: Gateway;
  try {
    gateway = await starting;
  } catch (error) {
    throw explainFailure(error, config);
  }
  console.log(welcome(gateway));
}

const welcome = ({ url, subgraphs }: Gateway): string => `
scoretree serves at ${url}

  GraphiQL   ${url}/graphiql
  API        ${url}/graphql

over these subgraphs:

${[...subgraphs].map(([name, place]) => `  ${name.padEnd(11)}  ${place}`).join("\n")}

Stop with Ctrl+C.
`;
