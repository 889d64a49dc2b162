import { access, constants, readFile, statfs } from "node:fs/promises";
import { createServer } from "node:net";
import path from "node:path";
import { type Config } from "../config";
import { homeFault } from "../database/home-fault";
import { postgresMajor, postgresPrograms } from "../database/postgres-programs";
import { openHome, type ServerHome } from "../database/server-home";
import { exists, serverPlace } from "../database/server-place";
import { runningServer } from "../database/server-process";
import { serverUser } from "../database/server-user";
import { isLoopback } from "../server/is-loopback";
import { fault, type Finding, found, ok, warn } from "./finding";

const OLDEST_NODE = [20, 19] as const;

/** Node.js is new enough. */
export function checkNode(version: string = process.versions.node): Finding {
  const [major, minor] = version.split(".").map(Number);
  return major > OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor >= OLDEST_NODE[1])
    ? ok("node", `version ${version}`)
    : fault("node", `version ${version} is too old`, `Install Node.js ${OLDEST_NODE.join(".")} or newer.`);
}

/** The port is free, or scoretree itself answers on it. */
export async function checkPort({ host, port }: Pick<Config, "host" | "port">): Promise<Finding> {
  const error = await new Promise<NodeJS.ErrnoException | null>((resolve) => {
    const server = createServer();
    server.once("error", resolve);
    server.listen({ host, port, exclusive: true }, () => server.close(() => resolve(null)));
  });
  if (error === null) return ok("port", `${host}:${port} is free`);
  if (error.code === "EADDRINUSE") {
    const answer = await fetch(`http://${host.includes(":") ? `[${host}]` : host}:${port}/schema.graphql`, {
      signal: AbortSignal.timeout(2_000),
    }).catch(() => null);
    if (answer?.ok && (await answer.text()).includes("type Benchmark")) return ok("port", `scoretree answers on ${host}:${port}`);
    return fault("port", `another program has ${host}:${port}`, "Stop it, or set PORT to another port.");
  }
  if (error.code === "EACCES") return fault("port", `this user may not listen on ${host}:${port}`, "Set PORT to a port above 1023.");
  return fault("port", `${host}:${port} cannot be listened on (${error.message})`, "Set HOST to an address of this machine.");
}

/** Whether other machines are let in, over HTTP that anybody on the way could read. */
export const checkHost = ({ host }: Pick<Config, "host">): Finding =>
  isLoopback(host)
    ? ok("host", `${host}: this machine only`)
    : warn("host", `${host} lets other machines in, over plain HTTP`, "Put a proxy that speaks HTTPS in front, or unset HOST.");

/** The folder for the embedded database can be made and written, and its Postgres is installed. */
export async function checkEmbedded({ dataDirectory }: Pick<Config, "dataDirectory">, findPrograms = postgresPrograms): Promise<Finding[]> {
  const wanted = path.join(dataDirectory, "postgres");
  let place = wanted;
  const folder = await found("data folder", "Set SCORETREE_DATA_DIR to a folder of yours.", async () => {
    const blocked = await unwritable(dataDirectory);
    if (blocked)
      return fault("data folder", `${blocked} cannot be written`, "Set SCORETREE_DATA_DIR to a folder that this user may write.");
    place = await serverPlace(await serverUser(path.join(wanted, "data")), wanted);
    return place === wanted
      ? ok("data folder", wanted)
      : warn("data folder", `Postgres cannot come to ${wanted}; its data are in ${place}`, "Keep that folder, or set SCORETREE_DATA_DIR.");
  });
  const programs = await found("programs", "Run npm ci, or set DATABASE_URL.", async () => {
    const { initdb, postgres } = await findPrograms(await serverUser(path.join(place, "data")));
    for (const program of [initdb, postgres]) await access(program, constants.X_OK);
    return ok("programs", path.dirname(postgres));
  });
  const room = await found("disk", "Look at the disk.", () => checkRoom(place));
  const files = await found("files", "Look at the folder's rights.", () => checkFiles(place));
  const lock = await found("lock file", "Look at the folder's rights.", () => checkLock(place));
  return [folder, programs, room, files, lock];
}

/** Under these, in bytes: Postgres can hardly write any more, or not for long. */
const NO_ROOM = 64e6;
const LITTLE_ROOM = 1e9;

/** The disk of the database has room to write. */
async function checkRoom(place: string, at = place): Promise<Finding> {
  if (!(await exists(at))) return checkRoom(place, path.dirname(at));
  const { bavail, bsize } = await statfs(at);
  const room = bavail * bsize;
  const message = `${Math.floor(room / 1e6).toLocaleString("en")} MB are free at ${place}`;
  if (room < NO_ROOM) return fault("disk", message, "Make room on that disk, or set SCORETREE_DATA_DIR to another one.");
  return room < LITTLE_ROOM ? warn("disk", message, "Make room on that disk before it is full.") : ok("disk", message);
}

/** The files that Postgres needs to start are there, whole, of its version, and its own. */
async function checkFiles(place: string): Promise<Finding> {
  if (!(await exists(place))) return ok("files", "none: no database was made yet");
  const { data } = await openHome(place, null, { initdb: "", postgres: "" });
  const wrong = await homeFault({ data }, await serverUser(data), await postgresMajor());
  return wrong ? fault("files", wrong.message, wrong.advice) : ok("files", `of Postgres ${await postgresMajor()}`);
}

/** Whether a server runs on the folder, or one that was killed left its lock file. */
async function checkLock(place: string): Promise<Finding> {
  if (!(await exists(place))) return ok("lock file", "none: no database was made yet");
  const home: ServerHome = await openHome(place, null, { initdb: "", postgres: "" });
  const running = await runningServer(home);
  if (running) return ok("lock file", `a server runs, process ${running.pid}, port ${running.port}`);
  const left = await readFile(path.join(home.data, "postmaster.pid"), "utf8").catch(() => null);
  if (left === null) return ok("lock file", "none: the server is stopped");
  return warn(
    "lock file",
    `${path.join(home.data, "postmaster.pid")} names process ${left.split("\n")[0]}, which is no server`,
    "Nothing to do: the next start recovers what the killed server had written, and replaces the file.",
  );
}

/** The first folder on the way to a path that cannot be written; null if the path can be made and written. */
async function unwritable(directory: string): Promise<string | null> {
  for (let at = directory; ; at = path.dirname(at)) {
    const error: NodeJS.ErrnoException | null = await access(at, constants.W_OK | constants.X_OK).then(
      () => null,
      (failure) => failure,
    );
    if (error === null) return null;
    if (error.code !== "ENOENT" || at === path.dirname(at)) return at;
  }
}
