#!/usr/bin/env node
import { Argument, Command, Option } from "commander";
import { readConfig } from "../config";
import { SOURCES } from "../dataset/brainscore/import-brainscore";
import { ExpectedError } from "../errors";
import { type AccountCreateOptions, runAccountCreate, runAccountList, runAccountRole } from "./account";
import { runBackup } from "./backup";
import type { ComposeOptions, runCompose } from "./compose";
import type { ComposeWithOptions, runComposeWith } from "./compose-with";
import { runDoctor } from "./doctor";
import { runExport } from "./export";
import { type ImportCommandOptions, runImport } from "./import";
import { runKeyCreate, runKeyList, runKeyRevoke } from "./key";
import { type LogOptions, runLog } from "./log";
import { runMigrate } from "./migrate";
import { runReleaseCreate, runReleaseList, runReleaseShow, runReleaseVerify } from "./release";
import { runRestore } from "./restore";
import type { runServe } from "./serve";
import type { runServeFederated } from "./serve-federated";
import type { runServeGateway } from "./serve-gateway";

/** Exit codes: 0 done, 1 a fault of the input or of the state, 2 a command that there is not. */
const FAULT = 1;
const USAGE = 2;

/* eslint-disable @typescript-eslint/no-require-imports -- an import would be done for every command */
/** What builds schemas and serves takes most of a second to load: it is, for the commands that do. */
const heavy = {
  compose: () => (require("./compose") as { runCompose: typeof runCompose }).runCompose,
  composeWith: () => (require("./compose-with") as { runComposeWith: typeof runComposeWith }).runComposeWith,
  serve: () => (require("./serve") as { runServe: typeof runServe }).runServe,
  serveGateway: () => (require("./serve-gateway") as { runServeGateway: typeof runServeGateway }).runServeGateway,
  serveFederated: () => (require("./serve-federated") as { runServeFederated: typeof runServeFederated }).runServeFederated,
};
/* eslint-enable @typescript-eslint/no-require-imports */

const program = new Command("scoretree")
  .description("Trees of benchmarks: scores, ranks and citations, as a federated GraphQL platform.")
  .showHelpAfterError("Help: scoretree --help")
  .configureHelp({ showGlobalOptions: true })
  .exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? 0 : USAGE));

program
  .command("serve")
  .description("start the database unless DATABASE_URL is set, migrate, fill an empty database, serve the API")
  .argument(
    "[names...]",
    "subgraphs to serve each alone, `gateway` to serve them as one, or `federated` for all of that in processes of their own " +
      "(default: all of them joined, as one API)",
  )
  .option("--supergraph <file>", "for `gateway`: a supergraph that was composed elsewhere (default: of the platform's own subgraphs)")
  .action((names: string[], { supergraph }: { supergraph?: string }) => {
    if (names.join() === "gateway") return heavy.serveGateway()(readConfig(), supergraph);
    if (names.join() === "federated") return heavy.serveFederated()(readConfig());
    return heavy.serve()(readConfig(), names);
  });
program
  .command("import")
  .description("merge a data set folder, or a whole Brain-Score site, into the database")
  .argument("<dir>", "a data set folder; with --from, a folder of fixtures or the URL of a site's database")
  .addOption(new Option("--from <source>", "what is read instead of a data set folder").choices(SOURCES))
  .option("--domain <slug>", "with --from: one domain only (default: every one that is found)")
  .option("--report <file>", "with --from: write the whole report as JSON too")
  .option("--dry-run", "tell what would change and write nothing")
  .action((place: string, options: ImportCommandOptions) => runImport(readConfig(), place, options));
program
  .command("export")
  .description("write a domain into a data set folder")
  .argument("<dir>", "a folder; made if it is not there")
  .option("--domain <slug>", "which domain (default: the only one)")
  .option("--private", "with the models that are not public")
  .option("--release <name>", "the public facts as they stood when the release was made")
  .action((folder: string, options: { domain?: string; private?: boolean; release?: string }) => runExport(readConfig(), folder, options));
program
  .command("backup")
  .description("write all that the database holds, as of one moment, into a folder with checksums")
  .argument("<dir>", "a folder that is not there yet; only this user can read it")
  .action((folder: string) => runBackup(readConfig(), folder));
program
  .command("restore")
  .description("put a backup into a database that holds nothing")
  .argument("<dir>", "a folder that `scoretree backup` wrote")
  .option("--check", "only tell whether the backup is whole and can be restored; no database is asked")
  .action((folder: string, options: { check?: boolean }) => runRestore(readConfig(), folder, options));
program
  .command("migrate")
  .description("bring the tables up to date, undo the last migration, or tell where they stand")
  .addArgument(new Argument("[direction]").choices(["up", "down", "status"]).default("up"))
  .option("--force", "with down: also if facts are destroyed")
  .action((direction: "up" | "down" | "status", options: { force?: boolean }) => runMigrate(readConfig(), direction, options));
program
  .command("compose")
  .description("print the schema of each subgraph, of the supergraph and of the API into schema/")
  .option("--check", "write nothing; fail if they are not current, or break clients of the released API")
  .option("--accept <reason>", "accept what breaks clients of the released API, on purpose")
  .option("--release", "make this API the released one, which later changes are held against")
  .addOption(
    new Option("--out <file>", "write the supergraph alone, for a gateway, with the addresses of SCORETREE_SUBGRAPHS").conflicts([
      "check",
      "accept",
      "release",
    ]),
  )
  .option("--with <name=url=file...>", "with --out: compose subgraphs of others in, each by its name, its address and its schema")
  .action((options: ComposeOptions & ComposeWithOptions) =>
    options.out === undefined && options.with === undefined ? heavy.compose()(options) : heavy.composeWith()(readConfig(), options),
  );
const release = program.command("release").description("names for the facts as they stood at one time");
release
  .command("create")
  .description("name the facts as they stand now")
  .argument("<name>", "unique in the domain")
  .option("--domain <slug>", "which domain (default: the only one)")
  .option("--notes <text>", "what is to be said of it")
  .action((name: string, options: { domain?: string; notes?: string }) => runReleaseCreate(readConfig(), name, options));
release
  .command("list")
  .description("every release, the oldest first")
  .action(() => runReleaseList(readConfig()));
release
  .command("show")
  .description("what is known of one release")
  .argument("<name>")
  .option("--domain <slug>", "which domain (default: the only one)")
  .action((name: string, options: { domain?: string }) => runReleaseShow(readConfig(), name, options));
release
  .command("verify")
  .description("compute checksums anew and compare them")
  .argument("[name]", "one release (default: all)")
  .option("--domain <slug>", "which domain (default: the only one)")
  .action((name: string | undefined, options: { domain?: string }) => runReleaseVerify(readConfig(), name, options));
const account = program.command("account").description("who may write");
account
  .command("create")
  .description("make an account, and show a first API key of it, once")
  .argument("<key>", "its name in data set folders and in tokens; unique, kept for life")
  .option("--name <text>", "name for people (default: the key)")
  .option("--admin", "it sees everything and may change everything")
  .option("--no-key", "without an API key")
  .action((key: string, options: AccountCreateOptions) => runAccountCreate(readConfig(), key, options));
account
  .command("list")
  .description("every account, with its role, API keys that are good, and models")
  .action(() => runAccountList(readConfig()));
account
  .command("role")
  .description("say what an account may do from now on")
  .argument("<key>")
  .addArgument(new Argument("<role>").choices(["member", "admin"]))
  .action((key: string, role: "member" | "admin") => runAccountRole(readConfig(), key, role));
const key = program.command("key").description("API keys, which accounts send to be known by");
key
  .command("create")
  .description("make an API key of an account, and show it, once")
  .argument("<account>", "key of the account")
  .option("--name <text>", "what it is for", "made at the command line")
  .option("--expires <instant>", "from when on it is good no longer; a date means its end in UTC")
  .action((of: string, options: { name: string; expires?: string }) => runKeyCreate(readConfig(), of, options));
key
  .command("list")
  .description("every API key, or those of one account, the newest first")
  .argument("[account]", "key of the account")
  .action((of: string | undefined) => runKeyList(readConfig(), of));
key
  .command("revoke")
  .description("make an API key good no longer, at once and for good")
  .argument("<prefix>", "how it begins: st_ and 8 characters")
  .action((prefix: string) => runKeyRevoke(readConfig(), prefix));
program
  .command("log")
  .description("who wrote which facts when, and by which API key, the newest first")
  .option("--account <key>", "what this account wrote")
  .option("--key <prefix>", "what was written by this API key")
  .option("--since <instant>", "what was written since; a date means its beginning in UTC")
  .option("--limit <number>", "at most so many entries", "20")
  .option("--json", "a JSON object a line")
  .action((options: LogOptions) => runLog(readConfig(), options));
program
  .command("doctor")
  .description("say what is wrong with this machine or its database, and what to do")
  .action(async () => {
    if (!(await runDoctor())) process.exitCode = FAULT;
  });

/** True if LOG_LEVEL says so and the environment is right. */
function isDebugging(): boolean {
  try {
    return readConfig().logLevel === "debug";
  } catch {
    return false;
  }
}

program.parseAsync().catch((error: Error) => {
  if (isDebugging()) console.error(error);
  else if (error instanceof ExpectedError) console.error(error.message);
  else
    console.error(`Something went wrong that should not: ${error.message}\nLOG_LEVEL=debug shows where. scoretree doctor may know more.`);
  process.exit(FAULT);
});
