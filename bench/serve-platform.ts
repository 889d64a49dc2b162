import { pino } from "pino";
import { readConfig } from "../src/config";
import { startPlatform } from "../src/server/platform";
import { tell, untilLetGo } from "./run-child";

/** No request is sent away, however busy the machine is: a load counts good answers only. */
const UNLIMITED = { SCORETREE_RATE_BY_ADDRESS: "0", SCORETREE_MAX_WAIT: "60000" };

/** Serves the facts at `url` as `scoretree serve` does, without a log, until it is let go. Tells its address. */
async function servePlatform(url: string): Promise<void> {
  const config = readConfig({ DATABASE_URL: url, PORT: "0", SCORETREE_DATASET: "none", ...UNLIMITED });
  const platform = await startPlatform(config, { logger: pino({ level: "silent" }) });
  tell(`${platform.url}/graphql`);
  await untilLetGo();
  await platform.stop();
}

void servePlatform(process.argv[2]);
