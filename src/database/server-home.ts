import { spawn } from "node:child_process";
import { once } from "node:events";
import { randomBytes } from "node:crypto";
import { chown, mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import path from "node:path";
import { ExpectedError } from "../errors";
import { exists } from "./server-place";
import type { PostgresPrograms } from "./postgres-programs";
import type { ServerUser } from "./server-user";

/** Folder of an embedded server: `data` is Postgres's own, `server.json` what one must know to use it, `server.log` what it says. */
export interface ServerHome {
  readonly directory: string;
  readonly data: string;
  readonly log: string;
  /** Random, made with the folder. */
  readonly password: string;
  /** TCP port on the loopback address, kept from start to start unless somebody else takes it meanwhile. */
  readonly port: number;
}

/** Name of the superuser of an embedded server. */
export const SERVER_ROLE = "scoretree";

/** Opens the folder of a server. Makes it if it is not there: all at once, so that being killed meanwhile leaves nothing half made. */
export async function openHome(directory: string, user: ServerUser, programs: PostgresPrograms): Promise<ServerHome> {
  if (!(await exists(directory))) await makeHome(directory, user, programs);
  const settings = await readFile(path.join(directory, "server.json"), "utf8").catch((error: NodeJS.ErrnoException) => {
    throw new ExpectedError(
      "CONFIGURATION",
      `The database folder ${directory} cannot be read (${error.code}): it belongs to another user, or is none. Use another SCORETREE_DATA_DIR.`,
    );
  });
  return { directory, data: path.join(directory, "data"), log: path.join(directory, "server.log"), ...parseSettings(directory, settings) };
}

function parseSettings(directory: string, text: string): Pick<ServerHome, "password" | "port"> {
  try {
    return JSON.parse(text);
  } catch {
    const words = `${path.join(directory, "server.json")} is damaged: it holds the password of the database, without which nobody comes in.`;
    throw new ExpectedError("CONFIGURATION", `${words} Put it back, or restore the last backup into a new SCORETREE_DATA_DIR.`);
  }
}

/** The home with a port that nobody else listens on: the one it has, if free, else a new one, which is kept. */
export async function withFreePort(home: ServerHome): Promise<ServerHome> {
  const port = (await freePort(home.port)) ?? (await freePort(0));
  if (port === home.port || port === null) return home;
  await writeSettings(home.directory, home.password, port);
  return { ...home, port };
}

async function makeHome(directory: string, user: ServerUser, { initdb }: PostgresPrograms): Promise<void> {
  const half = `${directory}.${process.pid}-${randomBytes(4).toString("hex")}`;
  const password = randomBytes(24).toString("base64url");
  await mkdir(half, { recursive: true, mode: 0o700 });
  try {
    const passwordFile = path.join(half, "password");
    await writeFile(passwordFile, password, { mode: 0o600 });
    await mkdir(path.join(half, "data"), { mode: 0o700 });
    if (user) for (const file of [half, passwordFile, path.join(half, "data")]) await chown(file, user.uid, user.gid);
    await runInitdb(initdb, path.join(half, "data"), passwordFile, user);
    await rm(passwordFile);
    await writeSettings(half, password, (await freePort(0)) ?? 0);
    // Another process may have been faster: its folder is used then.
    await rename(half, directory).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== "ENOTEMPTY" && error.code !== "EEXIST" && error.code !== "EPERM") throw error;
    });
  } finally {
    await rm(half, { recursive: true, force: true });
  }
}

/** UTF-8, and the order of code points wherever text is sorted. */
const INITDB = [
  "--auth=scram-sha-256",
  "--encoding=UTF8",
  "--no-locale",
  "--locale-provider=builtin",
  "--builtin-locale=C.UTF-8",
  "--no-sync",
];

async function runInitdb(initdb: string, data: string, passwordFile: string, user: ServerUser): Promise<void> {
  const settings = [`--pgdata=${data}`, `--pwfile=${passwordFile}`, `--username=${SERVER_ROLE}`, ...INITDB];
  const child = spawn(initdb, settings, {
    cwd: path.parse(data).root,
    stdio: ["ignore", "pipe", "pipe"],
    ...(user && { uid: user.uid, gid: user.gid }),
  });
  let said = "";
  child.stdout.on("data", (text) => (said += text));
  child.stderr.on("data", (text) => (said += text));
  const [code] = await once(child, "close").catch((error: Error) => [error.message]);
  if (code !== 0)
    throw new ExpectedError(
      "CONFIGURATION",
      `The embedded Postgres does not run on this machine (${code}): set DATABASE_URL to a Postgres of yours.\n${said}`,
    );
}

/** Written beside and moved in place, so that no reader ever meets half of it. */
async function writeSettings(directory: string, password: string, port: number): Promise<void> {
  const half = path.join(directory, `server.json.${process.pid}`);
  await writeFile(half, `${JSON.stringify({ password, port })}\n`, { mode: 0o600 });
  await rename(half, path.join(directory, "server.json"));
}

/** The port if it is free, any free one for 0, else null. */
const freePort = (wanted: number): Promise<number | null> =>
  new Promise((resolve) => {
    const server = createServer();
    server.once("error", () => resolve(null));
    server.listen(wanted, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => resolve(address !== null && typeof address === "object" ? address.port : null));
    });
  });
