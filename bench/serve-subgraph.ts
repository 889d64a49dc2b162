import { pino } from "pino";
import { readConfig } from "../src/config";
import { startPlatform } from "../src/server/platform";
import { SUBGRAPHS } from "../src/server/subgraphs";
import { tell, untilLetGo } from "./run-child";

/** Serves one subgraph over the facts at `url` as `scoretree serve <name>` does, without a log, until it is let go. Tells its address. */
async function serveSubgraph(url: string, name: string): Promise<void> {
  const config = readConfig({ DATABASE_URL: url, PORT: "0", SCORETREE_DATASET: "none", SCORETREE_PUBLIC_URL: "http://scoretree.test" });
  const subgraphs = SUBGRAPHS.filter((each) => each.name === name);
  const platform = await startPlatform(config, { logger: pino({ level: "silent" }), subgraphs });
  tell(`${platform.url}/graphql/${name}`);
  await untilLetGo();
  await platform.stop();
}

void serveSubgraph(process.argv[2], process.argv[3]);
