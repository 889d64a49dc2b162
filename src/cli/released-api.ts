import { mkdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { ExpectedError } from "../errors";
import { type BreakingChange, breakingChanges } from "./breaking-changes";
import { count } from "./count";

/** The API that clients were given last, and what was broken on purpose since; below the folder of the printed schema. */
const FOLDER = "released";
const API = "api.graphql";
const ACCEPTED = "accepted.json";

interface Accepted extends BreakingChange {
  /** Why clients are asked to put up with it. */
  readonly reason: string;
}

const read = async (folder: string, file: string): Promise<string | null> =>
  readFile(path.join(folder, FOLDER, file), "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return null;
    throw error;
  });

async function write(folder: string, file: string, text: string): Promise<void> {
  await mkdir(path.join(folder, FOLDER), { recursive: true });
  await writeFile(path.join(folder, FOLDER, file), text);
}

const readAccepted = async (folder: string): Promise<Accepted[]> => JSON.parse((await read(folder, ACCEPTED)) ?? "[]") as Accepted[];

const writeAccepted = (folder: string, accepted: readonly Accepted[]): Promise<void> =>
  write(folder, ACCEPTED, `${JSON.stringify(accepted, null, 2)}\n`);

/** What breaks clients of the released API and was not accepted; none if nothing was released yet. */
async function unaccepted(folder: string, api: string): Promise<BreakingChange[]> {
  const released = await read(folder, API);
  if (released === null) return [];
  const accepted = await readAccepted(folder);
  const isAccepted = ({ path: at, message }: BreakingChange) => accepted.some((one) => one.path === at && one.message === message);
  return (await breakingChanges(released, api)).filter((change) => !isAccepted(change));
}

/** Throws CONFLICT, naming each, if the API would break clients of the released one in a way that was not accepted. */
export async function refuseBreaking(folder: string, api: string): Promise<void> {
  const changes = await unaccepted(folder, api);
  if (changes.length === 0) return;
  const lines = changes.map(({ path: at, message }) => `  ${at}: ${message}`);
  throw new ExpectedError(
    "CONFLICT",
    `${count(changes.length, "change")} would break clients of the released API:\n${lines.join("\n")}\n` +
      'Take them back, or accept them on purpose: scoretree compose --accept "why clients must put up with it"',
  );
}

/** Accepts what breaks clients now, for a reason that is kept beside it. Gives back what was accepted. */
export async function acceptBreaking(folder: string, api: string, reason: string): Promise<BreakingChange[]> {
  if (reason.trim() === "") throw new ExpectedError("BAD_USER_INPUT", "Say why clients must put up with it: --accept needs a reason.");
  const changes = await unaccepted(folder, api);
  const accepted = [...(await readAccepted(folder)), ...changes.map((change) => ({ ...change, reason: reason.trim() }))];
  if (changes.length > 0) await writeAccepted(folder, accepted);
  return changes;
}

/** Makes this API the released one: later changes are held against it. */
export async function releaseApi(folder: string, api: string): Promise<void> {
  await write(folder, API, api);
  await writeAccepted(folder, []);
}
