import path from "node:path";
import { z } from "zod";
import { ExpectedError } from "./errors";

/** True for an address that nobody on the way can read or change: of this machine, or over TLS. */
const isSafeAddress = (text: string): boolean =>
  URL.canParse(text) && (/^https:/i.test(text) || /^http:\/\/(localhost|127\.0\.0\.1|\[::1\])([:/]|$)/i.test(text));

const safeAddress = z.string().refine(isSafeAddress, "Expected an address that begins with https://, or http:// on this machine");

const postgresAddress = z.url({ protocol: /^postgres(ql)?$/ });

const count = z.coerce.number().int().min(1).max(2_147_483_647).optional();

/** How much anybody may use in a minute; 0: any amount. */
const rate = z.coerce.number().int().min(0).max(2_147_483_647);

/** An address, a network such as `10.0.0.0/8`, or the name of a kind of them. */
const proxy = z.union([z.ipv4(), z.ipv6(), z.cidrv4(), z.cidrv6(), z.enum(["loopback", "linklocal", "uniquelocal"])], {
  error: "Expected addresses or networks, separated by commas: 10.0.0.7, 10.0.0.0/8, loopback",
});

/** Where pages come from, exactly as browsers write it in `Origin`; or `*`. */
const origin = z.string().refine((text) => text === "*" || (/^https?:/.test(text) && URL.canParse(text) && new URL(text).origin === text), {
  error: "Expected origins, separated by commas, as browsers write them: https://lab.example, http://localhost:5173; or *",
});

const variables = z.object({
  PORT: z.coerce.number().int().min(0).max(65535).default(4000),
  HOST: z.string().min(1).default("127.0.0.1"),
  DATABASE_URL: postgresAddress.optional(),
  DATABASE_REPLICA_URLS: z
    .string()
    .transform((text) => text.split(",").map((address) => address.trim()))
    .pipe(z.array(postgresAddress))
    .optional(),
  SCORETREE_PUBLIC_URL: z.url({ protocol: /^https?$/ }).optional(),
  SCORETREE_DATA_DIR: z.string().min(1).default(".scoretree"),
  SCORETREE_DATASET: z.string().min(1).default("data"),
  SCORETREE_SUBGRAPHS: z
    .string()
    .default("")
    .transform((text) => text.split(",").flatMap((part) => (part.trim() === "" ? [] : [part.trim()])))
    .pipe(
      z.array(z.string().regex(/^(benchmarks|models|scores|citations|submissions)=https?:\/\/\S+$/, "Expected <subgraph>=<address>, …")),
    ),
  SCORETREE_STOP_NOTICE: z.coerce.number().int().min(0).max(600_000).default(1_000),
  SCORETREE_SUBGRAPH_TIMEOUT: z.coerce.number().int().min(1).max(600_000).default(20_000),
  SCORETREE_MAX_BODY: count,
  SCORETREE_MAX_TOKENS: count,
  SCORETREE_MAX_DEPTH: count,
  SCORETREE_MAX_ALIASES: count,
  SCORETREE_MAX_ROOT_FIELDS: count,
  SCORETREE_MAX_DIRECTIVES: count,
  SCORETREE_MAX_NODES: count,
  SCORETREE_MAX_TIME: count,
  SCORETREE_MAX_WAIT: z.coerce.number().int().min(0).max(60_000).default(500),
  SCORETREE_STATEMENT_TIMEOUT: z.coerce.number().int().min(1).max(600_000).default(15_000),
  SCORETREE_RATE_BY_ADDRESS: rate.default(600_000),
  SCORETREE_RATE_BY_ACCOUNT: rate.default(3_000_000),
  SCORETREE_TRUSTED_PROXIES: z
    .string()
    .default("")
    .transform((text) => text.split(",").flatMap((part) => (part.trim() === "" ? [] : [part.trim()])))
    .pipe(z.array(proxy)),
  SCORETREE_ALLOWED_ORIGINS: z
    .string()
    .default("")
    .transform((text) => text.split(",").flatMap((part) => (part.trim() === "" ? [] : [part.trim()])))
    .pipe(z.array(origin)),
  SCORETREE_INTROSPECTION: z.enum(["on", "off"]).default("on"),
  SCORETREE_METRICS_TOKEN: z.string().min(16).optional(),
  SCORETREE_METRICS_OPERATIONS: z
    .string()
    .default("")
    .transform((text) => text.split(",").flatMap((part) => (part.trim() === "" ? [] : [part.trim()])))
    .pipe(z.array(z.string().regex(/^[_A-Za-z]\w{0,59}$/, "Expected names of operations, separated by commas")).max(500)),
  OTEL_EXPORTER_OTLP_ENDPOINT: z.url({ protocol: /^https?$/ }).optional(),
  OTEL_SERVICE_NAME: z.string().min(1).default("scoretree"),
  LOG_LEVEL: z.enum(["silent", "error", "warn", "info", "debug"]).default("info"),
  OIDC_ISSUER: safeAddress.optional(),
  OIDC_AUDIENCE: z.string().min(1).optional(),
  OIDC_JWKS_URL: safeAddress.optional(),
  OIDC_ACCOUNT_CLAIM: z.string().min(1).optional(),
});

/** Where `npm run start:federated` has the subgraphs. */
const SUBGRAPHS = {
  benchmarks: "http://127.0.0.1:4001/graphql/benchmarks",
  models: "http://127.0.0.1:4002/graphql/models",
  scores: "http://127.0.0.1:4003/graphql/scores",
  citations: "http://127.0.0.1:4004/graphql/citations",
  submissions: "http://127.0.0.1:4005/graphql/submissions",
};

/** The variables that mean nothing without another one, and the one that an issuer needs. */
const shape = variables.superRefine((given, { addIssue }) => {
  const fault = (name: keyof typeof given, message: string) => addIssue({ code: "custom", path: [name], message });
  if (given.DATABASE_URL === undefined && given.DATABASE_REPLICA_URLS !== undefined)
    fault("DATABASE_REPLICA_URLS", "Expected nothing, as DATABASE_URL is not set: these are to be replicas of it");
  if (given.OIDC_ISSUER !== undefined && given.OIDC_AUDIENCE === undefined)
    fault("OIDC_AUDIENCE", "Expected the name that tokens for this platform carry as their audience, as OIDC_ISSUER is set");
  for (const name of ["OIDC_AUDIENCE", "OIDC_JWKS_URL", "OIDC_ACCOUNT_CLAIM"] as const)
    if (given.OIDC_ISSUER === undefined && given[name] !== undefined) fault(name, "Expected nothing, as OIDC_ISSUER is not set");
});

/** An identity provider whose tokens are taken. */
export interface OidcConfig {
  /** Its name, which tokens carry as `iss`: an address, exactly as it writes it. */
  readonly issuer: string;
  /** What tokens for this platform carry as `aud`. */
  readonly audience: string;
  /** Where its keys are; null: where its discovery document says. */
  readonly jwksUrl: string | null;
  /** The claim that holds the key of an account. Default `sub`. */
  readonly accountClaim: string;
}

/** What the environment decides, checked once at start. */
export interface Config {
  /** TCP port of the HTTP server; 0 takes any free one. Default 4000. */
  readonly port: number;
  /** Address that the HTTP server listens on. Default 127.0.0.1: this machine only. */
  readonly host: string;
  /** A Postgres to use; null starts the embedded one. */
  readonly databaseUrl: string | null;
  /** Streaming replicas of it that facts may be read from. Default: none. */
  readonly databaseReplicaUrls: readonly string[];
  /** What links in answers begin with, without a slash at its end; null: the address that the request came to. */
  readonly publicUrl: string | null;
  /** Folder of the embedded database, absolute. Default `.scoretree`. */
  readonly dataDirectory: string;
  /** The data set folder that an empty database is filled from, absolute; null loads nothing (`none`). Default `data`. */
  readonly dataset: string | null;
  /** Where the gateway finds each of the platform's subgraphs, by name. Default: ports 4001 to 4005 of this machine. */
  readonly subgraphs: Readonly<Record<string, string>>;
  /** How long a subgraph may take to answer the gateway, in milliseconds. Default 20,000. */
  readonly subgraphTimeout: number;
  /** Other limits of operations than the usual ones. Times in milliseconds. */
  readonly limits: Partial<
    Record<"bodyBytes" | "tokens" | "depth" | "aliases" | "rootFields" | "directives" | "nodes" | "milliseconds", number>
  >;
  /** Longest time that an operation is expected to wait when it is let in, in milliseconds. Default 500. */
  readonly longestWait: number;
  /** How long a statement of a request may take in the database, in milliseconds. Default 15,000. */
  readonly statementTimeout: number;
  /** Cost that an address without an account, and an account, may use in a minute; null: any. Default 600,000 and 3,000,000. */
  readonly rates: { readonly byAddress: number | null; readonly byAccount: number | null };
  /** Addresses and networks of proxies whose word on where a request is from is taken. Default: none. */
  readonly trustedProxies: readonly string[];
  /** Origins of the pages of other sites that may read answers; `*`: all. Default: none. */
  readonly allowedOrigins: readonly string[];
  /** True if anybody may ask for the schema. Default true. */
  readonly introspection: boolean;
  /** How long load balancers are told, after SIGTERM, to send no more before connections are refused, in milliseconds. Default 1,000. */
  readonly stopNotice: number;
  /** What is to be shown by who reads metrics; null: programs of this machine may. */
  readonly metricsToken: string | null;
  /** The only operations that metrics tell by name; none: the first that come. */
  readonly metricsOperations: readonly string[];
  /** Where traces go, by OTLP over HTTP without `/v1/traces`, and what they call the process; null: none are made. */
  readonly tracing: { readonly endpoint: string; readonly serviceName: string } | null;
  readonly logLevel: z.infer<typeof variables>["LOG_LEVEL"];
  /** Whose tokens are taken besides API keys; null: nobody's. */
  readonly oidc: OidcConfig | null;
}

/** The environment of a process that this one starts: its own but for some variables. Undefined: not set. */
export const environmentWith = (changes: Readonly<Record<string, string | undefined>>): NodeJS.ProcessEnv => ({
  ...process.env,
  ...changes,
});

type Checked = z.infer<typeof variables>;

/** The limits that somebody set. */
const limitsOf = (given: Checked): Config["limits"] =>
  Object.fromEntries(
    Object.entries({
      bodyBytes: given.SCORETREE_MAX_BODY,
      tokens: given.SCORETREE_MAX_TOKENS,
      depth: given.SCORETREE_MAX_DEPTH,
      aliases: given.SCORETREE_MAX_ALIASES,
      rootFields: given.SCORETREE_MAX_ROOT_FIELDS,
      directives: given.SCORETREE_MAX_DIRECTIVES,
      nodes: given.SCORETREE_MAX_NODES,
      milliseconds: given.SCORETREE_MAX_TIME,
    }).filter(([, value]) => value !== undefined),
  );

/** Variables that hold secrets, which no message repeats. */
const SECRET = ["DATABASE_URL", "DATABASE_REPLICA_URLS", "SCORETREE_METRICS_TOKEN"];

/** Reads and checks the environment. Throws one CONFIGURATION error that lists every fault. An empty variable counts as unset. */
export function readConfig(environment: NodeJS.ProcessEnv = process.env): Config {
  const given = Object.fromEntries(Object.keys(variables.shape).flatMap((name) => (environment[name] ? [[name, environment[name]]] : [])));
  const result = shape.safeParse(given);
  if (!result.success) {
    const faults = result.error.issues.map(
      ({ path: at, message }) =>
        `  ${at.join(".")}=${SECRET.includes(String(at[0])) ? "…" : JSON.stringify(given[String(at[0])])}: ${message}`,
    );
    throw new ExpectedError("CONFIGURATION", `The environment is not right:\n${faults.join("\n")}`);
  }
  const { PORT, HOST, DATABASE_URL, DATABASE_REPLICA_URLS, SCORETREE_PUBLIC_URL, SCORETREE_DATA_DIR, SCORETREE_DATASET, LOG_LEVEL } =
    result.data;
  const { SCORETREE_SUBGRAPHS, SCORETREE_SUBGRAPH_TIMEOUT } = result.data;
  const { OIDC_ISSUER, OIDC_AUDIENCE, OIDC_JWKS_URL, OIDC_ACCOUNT_CLAIM } = result.data;
  return Object.freeze({
    port: PORT,
    host: HOST,
    databaseUrl: DATABASE_URL ?? null,
    databaseReplicaUrls: DATABASE_REPLICA_URLS ?? [],
    publicUrl: SCORETREE_PUBLIC_URL?.replace(/\/+$/, "") ?? null,
    dataDirectory: path.resolve(SCORETREE_DATA_DIR),
    dataset: SCORETREE_DATASET === "none" ? null : path.resolve(SCORETREE_DATASET),
    subgraphs: { ...SUBGRAPHS, ...Object.fromEntries(SCORETREE_SUBGRAPHS.map((entry) => entry.split(/=(.*)/s, 2))) },
    subgraphTimeout: SCORETREE_SUBGRAPH_TIMEOUT,
    limits: limitsOf(result.data),
    longestWait: result.data.SCORETREE_MAX_WAIT,
    statementTimeout: result.data.SCORETREE_STATEMENT_TIMEOUT,
    rates: {
      byAddress: result.data.SCORETREE_RATE_BY_ADDRESS || null,
      byAccount: result.data.SCORETREE_RATE_BY_ACCOUNT || null,
    },
    trustedProxies: result.data.SCORETREE_TRUSTED_PROXIES,
    allowedOrigins: result.data.SCORETREE_ALLOWED_ORIGINS,
    introspection: result.data.SCORETREE_INTROSPECTION === "on",
    stopNotice: result.data.SCORETREE_STOP_NOTICE,
    metricsToken: result.data.SCORETREE_METRICS_TOKEN ?? null,
    metricsOperations: result.data.SCORETREE_METRICS_OPERATIONS,
    tracing:
      result.data.OTEL_EXPORTER_OTLP_ENDPOINT === undefined
        ? null
        : { endpoint: result.data.OTEL_EXPORTER_OTLP_ENDPOINT, serviceName: result.data.OTEL_SERVICE_NAME },
    logLevel: LOG_LEVEL,
    oidc:
      OIDC_ISSUER === undefined
        ? null
        : { issuer: OIDC_ISSUER, audience: OIDC_AUDIENCE!, jwksUrl: OIDC_JWKS_URL ?? null, accountClaim: OIDC_ACCOUNT_CLAIM ?? "sub" },
  });
}
