import { readFileSync } from "node:fs";
import path from "node:path";
import { parse } from "yaml";

const ROOT = path.resolve(__dirname, "../..");

/** A service of docker-compose.yml, as far as it is used here. */
export interface Service {
  readonly image: string;
  readonly build?: { readonly context: string; readonly dockerfile: string };
  readonly command?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  readonly depends_on?: Readonly<Record<string, { readonly condition: string }>>;
  readonly deploy?: { readonly replicas: number };
  readonly healthcheck?: { readonly disable?: boolean; readonly test?: readonly string[] };
  readonly ports?: readonly string[];
  readonly profiles?: readonly string[];
  readonly volumes?: readonly string[];
  readonly read_only?: boolean;
  readonly cap_drop?: readonly string[];
  readonly security_opt?: readonly string[];
  readonly user?: string;
}

export interface ComposeFile {
  readonly services: Readonly<Record<string, Service>>;
  readonly volumes: Readonly<Record<string, unknown>>;
}

/** docker-compose.yml as it stands. */
export const COMPOSE_TEXT = readFileSync(path.join(ROOT, "docker-compose.yml"), "utf8");

/** Puts variables in: `${NAME}`, `${NAME:-default}`, `${NAME:?what to do}`. Throws on one that has to be set and is not. */
function interpolate(text: string, variables: Readonly<Record<string, string>>): string {
  return text.replace(/\$\{(\w+)(?::([-?])([^}]*))?\}/g, (_, name: string, kind: string | undefined, rest: string) => {
    if (variables[name]) return variables[name];
    if (kind === "?") throw new Error(`${name} is not set. ${rest}`);
    return kind === "-" ? rest : "";
  });
}

function interpolated(value: unknown, variables: Readonly<Record<string, string>>): unknown {
  if (typeof value === "string") return interpolate(value, variables);
  if (Array.isArray(value)) return value.map((element) => interpolated(element, variables));
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, interpolated(inner, variables)]));
}

/** Reads docker-compose.yml with these variables for those of `.env`. */
export const readCompose = (variables: Readonly<Record<string, string>>): ComposeFile =>
  interpolated(parse(COMPOSE_TEXT, { merge: true }), variables) as ComposeFile;
