import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import { ROOT } from "../questions";

/** What is installed, apart from the project: PostGraphile wants a newer Node than the project asks for. */
const PACKAGES = ["node@22.23.3", "postgraphile@5.1.5", "graphql@16.15.0"];

const FOLDER = path.join(ROOT, "node_modules/.cache/scoretree-peers");

/** A PostGraphile that is ready to run. */
export interface InstalledPostGraphile {
  /** The folder that its packages are in. */
  readonly folder: string;
  /** The program `node` that it runs on. */
  readonly node: string;
  readonly versions: string;
}

/** Installs PostGraphile and Node 22 in a folder of the bench's own, unless they are there. Throws if the registry cannot be reached. */
export async function installPostGraphile(): Promise<InstalledPostGraphile> {
  const installed = { folder: FOLDER, node: path.join(FOLDER, "node_modules/node/bin/node"), versions: PACKAGES.join(", ") };
  const done = path.join(FOLDER, `${PACKAGES.join(" ").replaceAll("@", "-")}.done`);
  if (existsSync(done)) return installed;
  console.log(`Installing ${PACKAGES.join(", ")} in ${path.relative(process.cwd(), FOLDER)}, which takes a while…`);
  await rm(FOLDER, { recursive: true, force: true });
  await mkdir(FOLDER, { recursive: true });
  await writeFile(path.join(FOLDER, "package.json"), `{ "private": true }\n`);
  try {
    await promisify(execFile)("npm", ["install", "--no-save", "--no-audit", "--no-fund", ...PACKAGES], { cwd: FOLDER });
  } catch (error) {
    const { stderr = "" } = error as { stderr?: string };
    const faults = stderr.split("\n").filter((line) => line.startsWith("npm error"));
    throw new Error(
      `The bench compares with ${PACKAGES[1]}, which has to be installed from the npm registry once, and that failed. ` +
        `Without a network name the other benches: npm run bench -- load answers.\n${faults.slice(0, 5).join("\n")}`,
      { cause: error },
    );
  }
  await writeFile(done, "");
  return installed;
}
