import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync, rmSync } from "node:fs";
import path from "node:path";
import { parse } from "yaml";
import { SUBGRAPHS } from "../../src/server/subgraphs";
import { COMPOSE_TEXT, readCompose } from "./read-compose";
import { readDockerfile } from "./read-dockerfile";
import { runCompose, type RunningCompose } from "./run-compose";

const ROOT = path.resolve(__dirname, "../..");
const EXAMPLE = readFileSync(path.join(ROOT, "docker/env.example"), "utf8");
const SECRETS = { POSTGRES_PASSWORD: "secret-1", SCORETREE_PASSWORD: "secret-2", REPLICATION_PASSWORD: "secret-3" };
const { services, volumes } = readCompose(SECRETS);
const all = Object.entries(services);
const ours = all.filter(([, { build }]) => build);
const names = SUBGRAPHS.map(({ name }) => name);

describe("docker-compose.yml", () => {
  test("has Postgres with a replica, the five subgraphs, scores twice, and the gateway", () => {
    const byDefault = all.filter(([, { profiles }]) => !profiles).map(([name]) => name);
    expect(byDefault.sort()).toEqual([...names, "gateway", "migrate", "primary", "replica"].sort());
    for (const name of names) expect(services[name].command).toEqual(["serve", name]);
    expect(services.scores.deploy?.replicas).toBe(2);
    for (const [, { deploy }] of all.filter(([name]) => name !== "scores")) expect(deploy).toBeUndefined();
    for (const name of ["primary", "replica"]) expect(services[name].image).toMatch(/^postgres:18/);
  });

  test.each(ours)("gives %s no more rights than it needs", (_, { read_only, cap_drop, security_opt, user }) => {
    expect({ read_only, cap_drop, security_opt, user }).toEqual({
      read_only: true,
      cap_drop: ["ALL"],
      security_opt: ["no-new-privileges:true"],
      user: undefined,
    });
  });

  test("lets others in at gateways only", () => {
    expect(all.filter(([, { ports }]) => ports).map(([name]) => name)).toEqual(["gateway", "apollo-router", "hive-gateway"]);
  });

  test("waits until a service is well, and checks every one that is waited for", () => {
    for (const [name, { depends_on = {} }] of all)
      for (const [other, { condition }] of Object.entries(depends_on)) {
        expect([name, Object.keys(services)]).toEqual([name, expect.arrayContaining([other])]);
        const { build, healthcheck } = services[other];
        const isChecked = healthcheck?.disable ? false : Boolean(build ?? healthcheck);
        expect([name, other, condition]).toEqual([name, other, isChecked ? "service_healthy" : "service_completed_successfully"]);
      }
  });

  test("keeps what Postgres writes in volumes, and mounts files that there are", () => {
    for (const [, { volumes: mounted = [] }] of all)
      for (const source of mounted.map((text) => text.split(":")[0]))
        expect([source, source.startsWith("./") ? existsSync(path.join(ROOT, source)) : source in volumes]).toEqual([source, true]);
    for (const name of ["primary", "replica"]) expect(services[name].volumes).toContain(`${name}:/var/lib/postgresql`);
  });

  test("names the tag of every image that is not built here, and none that moves to another major version", () => {
    for (const [, { image }] of all.filter(([, { build }]) => !build)) expect(image).toMatch(/:v?\d+[\w.-]*$/);
  });

  test("holds no secret: each has to be set, and the example leaves it open", () => {
    for (const name of Object.keys(SECRETS)) {
      const unset: Record<string, string> = { ...SECRETS, [name]: "" };
      expect(() => readCompose(unset)).toThrow(`${name} is not set.`);
      expect(EXAMPLE).toMatch(new RegExp(`^${name}=$`, "m"));
    }
    expect(COMPOSE_TEXT).not.toMatch(/password\S*: (?!\$\{)\S/i);
    expect(readFileSync(path.join(ROOT, ".gitignore"), "utf8")).toMatch(/^\.env$/m);
  });

  test("sets no variable that the example could and does not name, and none that the program does not read", () => {
    const config = readFileSync(path.join(ROOT, "src/config.ts"), "utf8");
    const variables = new Set(ours.flatMap(([, { environment = {} }]) => Object.keys(environment)));
    for (const variable of variables) expect(config).toContain(variable);
  });

  test("tells the gateway where each subgraph is", () => {
    const places = (services.gateway.environment!.SCORETREE_SUBGRAPHS ?? "").split(",");
    expect(places).toEqual(names.map((name) => `${name}=http://${name}:4000/graphql/${name}`));
  });
});

test("docker/gateway.config.js sends the caller's credential to our subgraphs, and to no other", () => {
  const program = `
    const { gatewayConfig } = await import("data:text/javascript," + encodeURIComponent(process.argv[1]));
    const request = new Request("http://gateway/graphql", { headers: { authorization: "Bearer st_x", cookie: "a=b" } });
    const sent = (subgraphName) => gatewayConfig.propagateHeaders.fromClientToSubgraphs({ request, subgraphName });
    console.log(JSON.stringify([gatewayConfig.supergraph, ...process.argv.slice(2).map(sent)]));`;
  const text = readFileSync(path.join(ROOT, "docker/gateway.config.js"), "utf8");
  const told = execFileSync(process.execPath, ["--input-type=module", "--eval", program, text, ...names, "lab"]).toString();
  const [mounted] = services["hive-gateway"].volumes![0].split(":").slice(1);
  const toOurs = names.map(() => ({ authorization: "Bearer st_x" }));
  expect(JSON.parse(told)).toEqual([`${mounted}/supergraph.graphql`, ...toOurs, {}]);
});

test("docker/router.yaml sends the caller's credential to our subgraphs, and to no other", () => {
  const { headers } = parse(readFileSync(path.join(ROOT, "docker/router.yaml"), "utf8"), { merge: true }) as { headers: object };
  const passed = { request: [{ propagate: { named: "authorization" } }] };
  expect(headers).toEqual({ subgraphs: Object.fromEntries(names.map((name) => [name, passed])) });
});

/** What checks the file as Docker does, without an engine. Null where neither is there: then it is skipped. */
const CHECKER =
  [["docker", "compose"], ["docker-compose"]].find(([program, ...first]) => spawnSync(program, [...first, "version"]).status === 0) ?? null;

(CHECKER ? test : test.skip)("is taken by docker compose, all profiles included (skipped where that is not installed)", () => {
  const [program, ...first] = CHECKER!;
  const parameters = [...first, "--profile", "apollo-router", "--profile", "hive-gateway", "--file", path.join(ROOT, "docker-compose.yml"), "config"]; // prettier-ignore
  const text = execFileSync(program, parameters, { env: { PATH: process.env.PATH, HOME: process.env.HOME, ...SECRETS } }).toString();
  const taken = parse(text) as { readonly services: object };
  expect(Object.keys(taken.services).sort()).toEqual(Object.keys(services).sort());
});

describe("docker/Dockerfile", () => {
  const stages = readDockerfile();
  const last = stages.at(-1)!;
  const of = (name: string, stage = last) => stage.filter((instruction) => instruction.name === name).map(({ rest }) => rest);

  test("builds in stages, from images with tags", () => {
    expect(stages.length).toBeGreaterThan(1);
    for (const [{ rest }] of stages) expect(rest).toMatch(/^node:\d+-\w+-slim( AS \w+)?$/);
    expect(new Set(stages.map(([{ rest }]) => rest.split(" ")[0])).size).toBe(1);
  });

  test("runs as another user than root, without a shell, and says how it is", () => {
    const [user] = of("USER");
    expect(user).toBe("node");
    const after = last.slice(last.findIndex(({ name }) => name === "USER"));
    expect(after.some(({ name }) => ["RUN", "COPY"].includes(name))).toBe(false);
    for (const name of ["ENTRYPOINT", "CMD"]) expect(of(name)).toEqual([expect.stringMatching(/^\[".*"\]$/)]);
    expect(of("HEALTHCHECK")).toEqual([expect.stringContaining('CMD ["node"')]);
  });

  test("installs what the lock file says, runs no package's scripts, and leaves the embedded database and tools out", () => {
    const installs = stages.flatMap((stage) => of("RUN", stage)).filter((text) => text.startsWith("npm "));
    for (const text of installs.filter((command) => !command.startsWith("npm run"))) expect(text).toMatch(/^npm ci .*--ignore-scripts/);
    const packages = stages.find(([{ rest }]) => rest.endsWith(" AS packages"))!;
    expect(of("RUN", packages)).toEqual([expect.stringContaining("--omit=dev --omit=optional")]);
    expect(of("COPY")).toContain("--from=packages /app/node_modules node_modules");
    expect(of("COPY").some((text) => text.includes("--from=build") && text.includes("node_modules"))).toBe(false);
  });

  test("copies by name, and nothing that is kept from it", () => {
    const ignored = readFileSync(path.join(ROOT, "docker/Dockerfile.dockerignore"), "utf8").split("\n");
    for (const stage of stages) {
      expect(of("ADD", stage)).toEqual([]);
      for (const text of of("COPY", stage).filter((copy) => !copy.startsWith("--from")))
        for (const source of text.split(" ").slice(0, -1)) {
          expect([source, existsSync(path.join(ROOT, source))]).toEqual([source, true]);
          expect(ignored).toContain(`!${source}`);
        }
    }
    expect(ignored).toContain("*");
  });
});

/** Everything that a file of the pages names outside of their folder. */
const namedOutside = (file: string): string[] =>
  [...readFileSync(file, "utf8").matchAll(/"(\.\.?\/[^"?]+)/g)]
    .map(([, target]) => path.relative(ROOT, path.resolve(path.dirname(file), target)))
    .filter((target) => !target.startsWith("web/") && !target.startsWith("dist/") && existsSync(path.join(ROOT, target)));

test("what the pages take from elsewhere is copied where they are built", () => {
  const copied = readDockerfile()[0].flatMap(({ name, rest }) => (name === "COPY" ? rest.split(" ").slice(0, -1) : []));
  const files = readdirSync(path.join(ROOT, "web"), { recursive: true, encoding: "utf8" }).filter((name) => /\.(m?tsx?|json)$/.test(name));
  const named = new Set(files.flatMap((name) => namedOutside(path.join(ROOT, "web", name))));
  expect([...named]).toEqual(expect.arrayContaining(["tsconfig.json"]));
  expect([...named].filter((target) => !copied.some((source) => target === source || target.startsWith(`${source}/`)))).toEqual([]);
});

const BUILT = path.join(ROOT, "node_modules/.cache/scoretree-compose");

describe("the processes of docker-compose.yml, without containers", () => {
  let running: RunningCompose;

  beforeAll(async () => {
    const swc = path.join(ROOT, "node_modules/.bin/swc");
    execFileSync(swc, ["src", "migrations", "--config-file", ".ci/swc.json", "--out-dir", BUILT, "--quiet"], { cwd: ROOT });
    running = await runCompose(path.join(BUILT, "src/cli/main.js"));
  });
  afterAll(async () => {
    await running?.stop();
    rmSync(BUILT, { recursive: true, force: true });
  });

  async function ask(url: string, query: string): Promise<{ data: unknown; errors?: unknown }> {
    const body = JSON.stringify({ query });
    const answer = await fetch(url, { method: "POST", headers: { "content-type": "application/json" }, body });
    const { data, errors } = (await answer.json()) as { data: unknown; errors?: unknown };
    return { data, errors };
  }
  const card = readFileSync(path.join(ROOT, "examples/model-card.graphql"), "utf8");

  test("answer the model card through the gateway", async () => {
    const { data, errors } = await ask(`${running.urls.get("gateway")![0]}/graphql`, card);
    expect(errors).toBeUndefined();
    const { model } = data as { model: { scores: unknown[] } };
    expect(model.scores.length).toBeGreaterThan(40);
  });

  test("answer equal ranks from both scores processes", async () => {
    const query = `{ standings(domain: "vision") { leaderboard(benchmark: "average_vision", first: 20) { nodes { rank score { value } } } } }`;
    const [first, second] = await Promise.all(running.urls.get("scores")!.map((url) => ask(`${url}/graphql/scores`, query)));
    expect(first.errors).toBeUndefined();
    expect(second).toEqual(first);
  });
});
