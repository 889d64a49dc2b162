import { type Config, environmentWith } from "../config";
import { groupBy } from "../board/group-by";
import { ExpectedError } from "../errors";
import { createLogger } from "../server/logger";
import { prepareDatabase } from "../server/prepare-database";
import { stopOnSignal } from "../server/stop-on-signal";
import { describeImport } from "./describe-import";
import { explainFailure } from "./explain-failure";
import { placeOf } from "./place-of";
import { showProgress } from "./show-progress";
import { type Served, startServed } from "./start-served";

/**
 * `scoretree serve federated`: the whole platform on this machine in processes of their own, those of the subgraphs where
 * SCORETREE_SUBGRAPHS says, before them the gateway, until a signal comes. Subgraphs of one address share a process. Whatever ends by itself
 * is started again. Throws CONFIGURATION if a part cannot be started; what was started is stopped then.
 */
export async function runServeFederated(config: Config): Promise<void> {
  const opened: (() => Promise<void>)[] = [];
  const stop = async () => {
    while (opened.length > 0) await Promise.all(opened.splice(-1).map((close) => close()));
  };
  const logger = createLogger(config.logLevel);
  const starting = start(config, opened);
  stopOnSignal(() => starting.catch(() => undefined).then(stop), logger);
  try {
    console.log(await starting);
  } catch (error) {
    await stop();
    throw explainFailure(error, config);
  }
}

/** Starts everything, notes how it is stopped, and gives what there is to say. */
async function start(config: Config, opened: (() => Promise<void>)[]): Promise<string> {
  const places = placesOf(config);
  const logger = createLogger(config.logLevel);
  const { onProgress, stop } = showProgress(config.logLevel === "silent");
  const database = await prepareDatabase(config, { logger, onProgress }).finally(stop);
  opened.push(() => database.close());
  if (database.loaded) console.log(describeImport(database.loaded, false));

  const serve = (names: readonly string[], changes: Readonly<Record<string, string>>) =>
    startServed({
      names,
      environment: environmentWith({
        DATABASE_URL: database.url,
        SCORETREE_DATASET: "none",
        SCORETREE_STOP_NOTICE: "0",
        ...publicUrl(config),
        ...changes,
      }),
      onLog: (line) => process.stdout.write(`${line}\n`),
      onRestart: (words) => console.error(words),
      onLost(error) {
        console.error(error.message);
        process.kill(process.pid, "SIGTERM");
      },
    });
  const subgraphs = await Promise.allSettled(places.map(({ names, host, port }) => serve(names, { HOST: host, PORT: port })));
  opened.push(async () => {
    await Promise.all(subgraphs.map((started) => (started.status === "fulfilled" ? started.value.stop() : undefined)));
  });
  const failed = subgraphs.filter((started) => started.status === "rejected");
  if (failed.length > 0) throw new ExpectedError("CONFIGURATION", failed.map(({ reason }) => (reason as Error).message).join("\n"));
  const gateway = await serve(["gateway"], { SCORETREE_STOP_NOTICE: String(config.stopNotice) });
  opened.push(() => gateway.stop());
  return welcome(gateway, config);
}

/** One process of the subgraphs: where it listens, and which it serves. */
interface Place {
  readonly names: readonly string[];
  readonly host: string;
  readonly port: string;
}

function placesOf({ subgraphs }: Config): Place[] {
  return [...groupBy(Object.entries(subgraphs), ([, address]) => new URL(address).origin)].map(([origin, some]) => {
    const { hostname, port, protocol } = new URL(origin);
    const isServed = some.every(([name, address]) => new URL(address).pathname === `/graphql/${name}`);
    if (protocol !== "http:" || !port || !isServed)
      throw new ExpectedError(
        "CONFIGURATION",
        `SCORETREE_SUBGRAPHS: expected addresses like http://127.0.0.1:4001/graphql/models, got ${some.map(([, address]) => address).join(", ")}.`,
      );
    return { names: some.map(([name]) => name), host: hostname.replace(/^\[|\]$/g, ""), port };
  });
}

/** What links begin with: the address of the gateway, if it is known beforehand. */
const publicUrl = ({ publicUrl: given, host, port }: Config): Readonly<Record<string, string>> =>
  given !== null || port === 0 ? {} : { SCORETREE_PUBLIC_URL: `http://${host.includes(":") ? `[${host}]` : host}:${port}` };

const welcome = ({ url }: Pick<Served, "url">, config: Config): string => `
scoretree serves at ${url}

  GraphiQL   ${url}/graphiql
  API        ${url}/graphql

over subgraphs in processes of their own:

${Object.entries(config.subgraphs)
  .map(([name, place]) => `  ${name.padEnd(11)}  ${place}`)
  .join("\n")}

${placeOf(config)} holds the facts. Stop with Ctrl+C.
`;
