import path from "node:path";
import { z } from "zod";
import { ExpectedError } from "./errors";

const shape = z.object({
  PORT: z.coerce.number().int().min(0).max(65535).default(4000),
  HOST: z.string().min(1).default("127.0.0.1"),
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }).optional(),
  SCORETREE_DATA_DIR: z.string().min(1).default(".scoretree"),
  SCORETREE_DATASET: z.string().min(1).default("data"),
  LOG_LEVEL: z.enum(["silent", "error", "warn", "info", "debug"]).default("info"),
});

/** What the environment decides, checked once at start. */
export interface Config {
  /** TCP port of the HTTP server; 0 takes any free one. Default 4000. */
  readonly port: number;
  /** Address that the HTTP server listens on. Default 127.0.0.1: this machine only. */
  readonly host: string;
  /** A Postgres to use; null starts the embedded one. */
  readonly databaseUrl: string | null;
  /** Folder of the embedded database, absolute. Default `.scoretree`. */
  readonly dataDirectory: string;
  /** The data set folder that an empty database is filled from, absolute; null loads nothing (`none`). Default `data`. */
  readonly dataset: string | null;
  readonly logLevel: z.infer<typeof shape>["LOG_LEVEL"];
}

/** Reads and checks the environment. Throws one CONFIGURATION error that lists every fault. An empty variable counts as unset. */
export function readConfig(environment: NodeJS.ProcessEnv = process.env): Config {
  const given = Object.fromEntries(Object.keys(shape.shape).flatMap((name) => (environment[name] ? [[name, environment[name]]] : [])));
  const result = shape.safeParse(given);
  if (!result.success) {
    const faults = result.error.issues.map(
      ({ path: at, message }) => `  ${at.join(".")}=${JSON.stringify(given[String(at[0])])}: ${message}`,
    );
    throw new ExpectedError("CONFIGURATION", `The environment is not right:\n${faults.join("\n")}`);
  }
  const { PORT, HOST, DATABASE_URL, SCORETREE_DATA_DIR, SCORETREE_DATASET, LOG_LEVEL } = result.data;
  return Object.freeze({
    port: PORT,
    host: HOST,
    databaseUrl: DATABASE_URL ?? null,
    dataDirectory: path.resolve(SCORETREE_DATA_DIR),
    dataset: SCORETREE_DATASET === "none" ? null : path.resolve(SCORETREE_DATASET),
    logLevel: LOG_LEVEL,
  });
}
