import { pino } from "pino";
import { readConfig } from "../src/config";
import { startPlatform } from "../src/server/platform";
import { tell, untilLetGo } from "./run-child";

/** By default no request is sent away, however busy the machine is: a load counts good answers only. */
const FOR_EVER = "60000";

/**
 * Serves the facts at `url` as `scoretree serve` does, without a log, until it is let go. Tells its address. `longestWait`: that a request
 * is let in for, in milliseconds.
 */
async function servePlatform(url: string, longestWait = FOR_EVER): Promise<void> {
  const limits = { SCORETREE_RATE_BY_ADDRESS: "0", SCORETREE_MAX_WAIT: longestWait };
  const config = readConfig({ DATABASE_URL: url, PORT: "0", SCORETREE_DATASET: "none", ...limits });
  const platform = await startPlatform(config, { logger: pino({ level: "silent" }) });
  tell(`${platform.url}/graphql`);
  await untilLetGo();
  await platform.stop();
}

void servePlatform(process.argv[2], process.argv[3]);
