import { pino } from "pino";
import { readConfig } from "../src/config";
import { startGateway } from "../src/server/gateway/start-gateway";
import { tell, untilLetGo } from "./run-child";

/** Serves the gateway over subgraphs, `name=address,…`, without a log, until it is let go. Tells its address. */
async function serveGateway(places: string): Promise<void> {
  const gateway = await startGateway(readConfig({ PORT: "0", SCORETREE_SUBGRAPHS: places, SCORETREE_RATE_BY_ADDRESS: "0" }), {
    logger: pino({ level: "silent" }),
  });
  tell(`${gateway.url}/graphql`);
  await untilLetGo();
  await gateway.stop();
}

void serveGateway(process.argv[2]);
