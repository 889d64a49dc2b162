import path from "node:path";
import { readConfig, type Config } from "../config";
import { exists, serverPlace } from "../database/server-place";
import { serverUser } from "../database/server-user";
import { checkDatabase } from "./check-database";
import { checkEmbedded, checkHost, checkNode, checkPort } from "./check-machine";
import { fault, type Finding, ok, warn } from "./finding";
import { openDatabase } from "../server/open-database";
import { explainFailure, reason } from "./explain-failure";
import { placeOf } from "./place-of";

/** `scoretree doctor`: one line a check, with advice where something is wrong. False if anything is at fault. Changes nothing. */
export async function runDoctor(): Promise<boolean> {
  let isWell = true;
  for await (const { subject, state, message, advice } of examine()) {
    isWell &&= state !== "fault";
    console.log(`${state.padEnd(5)}  ${subject.padEnd(13)} ${message.replaceAll("\n", "\n       ")}`);
    if (advice) console.log(`       ${"".padEnd(13)} → ${advice}`);
  }
  return isWell;
}

async function* examine(): AsyncGenerator<Finding> {
  yield checkNode();
  let config: Config;
  try {
    config = readConfig();
  } catch (error) {
    yield fault("environment", reason(error), "Set these variables as it says, or unset them.");
    return;
  }
  yield ok("environment", config.databaseUrl === null ? "the embedded Postgres is used" : "DATABASE_URL is used");
  yield checkHost(config);
  yield await checkPort(config);
  if (config.databaseUrl === null) {
    const findings = await checkEmbedded(config);
    yield* findings;
    if (findings.some(({ state }) => state === "fault")) return;
    if (!(await isMade(config))) {
      yield warn("database", "not made yet", "Run: scoretree serve (or: scoretree migrate up)");
      return;
    }
  }
  yield* lookInside(config);
}

/** True if the folder of the embedded server is there. */
async function isMade({ dataDirectory }: Config): Promise<boolean> {
  const wanted = path.join(dataDirectory, "postgres");
  return exists(await serverPlace(await serverUser(path.join(wanted, "data")), wanted));
}

async function* lookInside(config: Config): AsyncGenerator<Finding> {
  let database;
  try {
    database = await openDatabase(config);
  } catch (error) {
    yield fault("database", reason(explainFailure(error, config)), "Start Postgres, or unset DATABASE_URL to use the embedded one.");
    return;
  }
  try {
    yield ok("database", `${placeOf(config)} answers`);
    yield* await checkDatabase(database.dataSource, config);
  } finally {
    await database.close();
  }
}
