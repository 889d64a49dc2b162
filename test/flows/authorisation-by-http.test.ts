import { getNamedType, getNullableType, isEnumType, isInputObjectType, isInterfaceType, isListType, isObjectType, type GraphQLInputType } from "graphql"; // prettier-ignore
import { askHttp } from "../support/ask-http";
import { giveKey } from "../support/give-key";
import { joinedSchema } from "../support/joined";
import type { Json } from "../support/json";
import { seed } from "../support/seed";
import { CurrentBoard } from "../../src/board/current";
import { createTestDatabase, type TestDatabase } from "../support/database";
import { createServer } from "../../src/server/create-server";
import { createLogger } from "../../src/server/logger";

/** Anybody, a stranger with an account, the owner of what is hidden, an admin. */
const LETTERS = ["A", "S", "O", "D"] as const;
type Letter = (typeof LETTERS)[number];

const { schema, supergraph } = joinedSchema();
let database: TestDatabase;
let current: CurrentBoard;
let server: Awaited<ReturnType<typeof createServer>>;
let url: string;
const keys: Partial<Record<Letter, string>> = {};
/** What names something hidden, by what it is. */
const hidden: Record<string, string> = {};
const ids: Record<string, string> = {};

beforeAll(async () => {
  database = await createTestDatabase();
  const { dataSource } = database;
  const run = (raw: number) => ({ raw, ceiled: raw, endedAt: "2021-01-01", comment: "hush" });
  await seed(dataSource)
    .domain("vision", { references: ["Work2020"] })
    .reference("Work2020", { doi: "10.1/x", url: "https://example.org/x" })
    .reference("Secret2020", { doi: "10.1234/secret", url: "https://example.org/secret" })
    .tree("average\n  a\n  b\n  c")
    .account("stranger")
    .account("chief", { role: "ADMIN" })
    .model("alpha", { owner: "quiet" })
    .score("alpha", "a", { ...run(0.5), submission: "open-hand" })
    .model("secret", {
      owner: "hider",
      isPublic: false,
      reference: "Secret2020",
      columns: { family: "hidden-family", architecture: "hidden-arch" },
    })
    .score("secret", "a", { ...run(0.9), submission: "hidden-hand" })
    .score("secret", "b", run(0.8))
    .model("beta")
    .score("beta", "a", run(0.3))
    .write();
  for (const [letter, account] of [["S", "stranger"], ["O", "hider"], ["D", "chief"]] as const) keys[letter] = await giveKey(dataSource, account); // prettier-ignore
  const one = async (sql: string) => ((await dataSource.query(sql)) as { id: string }[])[0].id;
  Object.assign(ids, {
    alpha: await one("SELECT id FROM model WHERE name = 'alpha'"),
    "alpha's run": await one("SELECT o.id FROM observation o JOIN model m ON m.pk = o.model_pk WHERE m.name = 'alpha'"),
    hider: await one("SELECT id FROM account WHERE key = 'hider'"),
  });
  Object.assign(hidden, {
    "a model's name": "secret",
    "a model's id": await one("SELECT id FROM model WHERE name = 'secret'"),
    "a reference's key": "Secret2020",
    "a reference's DOI": "10.1234/secret",
    "a reference's URL": "https://example.org/secret",
    "a reference's id": await one("SELECT id FROM reference WHERE key = 'Secret2020'"),
    "a result's id": await one("SELECT o.id FROM observation o JOIN model m ON m.pk = o.model_pk WHERE m.name = 'secret'"),
    "a contributor's id": await one("SELECT contributor_id AS id FROM account WHERE key = 'hider'"),
    "an account's id": ids.hider,
    "an account's key": "hider",
    "a submission's key": "hidden-hand",
    "a key's id": await one("SELECT k.id FROM api_key k JOIN account a ON a.pk = k.account_pk WHERE a.key = 'hider'"),
    "a family": "hidden-family",
    "an architecture": "hidden-arch",
  });
  current = await CurrentBoard.open(dataSource, { url: database.url, onError: (error) => void console.error(error) });
  server = await createServer({
    ...{ endpoints: [{ path: "/graphql", schema, sdl: supergraph }], dataSource, pages: null, logger: createLogger("silent") },
    config: { host: "127.0.0.1", port: 0 },
    board: () => current.board,
    atLeast: (revision) => current.atLeast(revision),
    recent: () => current.recent,
  });
  url = await server.listen({ port: 0, host: "127.0.0.1" });
});
afterAll(async () => {
  await server?.close();
  await current?.close();
  await database?.drop();
});

async function ask(letter: Letter, query: string, variables: object = {}): Promise<string> {
  const headers: Record<string, string> = keys[letter] ? { authorization: `Bearer ${keys[letter]}` } : {};
  return (await askHttp(url, { path: "/graphql", headers, body: { query, variables } })).body;
}

/** How the fields of a type are reached, `*` standing for one of them; how a value of an input type is asked with, `$given` standing for it. */
const PLACES: Readonly<Record<string, string>> = {
  Query: `*`,
  Benchmark: `benchmark(domain: "vision", identifier: "a") { * }`,
  Model: `model(domain: "vision", name: "alpha") { * }`,
  Contributor: `model(domain: "vision", name: "alpha") { contributor { * } }`,
  Score: `model(domain: "vision", name: "alpha") { score(benchmark: "a") { * } }`,
  Standings: `standings(domain: "vision") { * }`,
  LeaderboardRow: `standings(domain: "vision") { leaderboard(first: 1) { nodes { * } } }`,
  PairComparison: `standings(domain: "vision") { compare(models: ["alpha", "beta"]) { pairs { * } } }`,
  Reference: `reference(domain: "vision", key: "Work2020") { * }`,
  Account: `viewer { * }`,
  BenchmarkFilter: `benchmarks(domain: "vision", filter: $given) { totalCount nodes { identifier } }`,
  ModelFilter: `models(domain: "vision", filter: $given) { totalCount nodes { name } } standings(domain: "vision", under: { among: $given }) { populationSize leaderboard { totalCount } }`,
  ScoredFilter: `models(domain: "vision", filter: { scored: [$given] }) { totalCount }`,
  Conditions: `standings(domain: "vision", under: $given) { populationSize }`,
  BenchmarkWeight: `standings(domain: "vision", under: { weights: [$given] }) { populationSize }`,
  Moment: `changes(domain: "vision", from: $given) { totalCount }`,
};

/** Who gets another answer to the name of something hidden than to a name of nothing: the owner and admins where such a thing is meant, else nobody. */
const NAMED: Readonly<Record<string, string>> = {
  ...{ "Query.node(id)": "OD", "Query.nodes(ids)": "OD", "Query.model(name)": "OD" },
  ...{ "Query.reference(key)": "OD", "Query.reference(doi)": "OD", "Query.reference(url)": "OD" },
  ...{ "Query.references(keys)": "OD", "Query.references(dois)": "OD", "Query.bibliography(references)": "OD" },
  ...{ "Query.domain(slug)": "", "Query.benchmark(domain)": "", "Query.benchmark(identifier)": "", "Query.benchmarks(domain)": "" },
  ...{ "Query.model(domain)": "", "Query.models(domain)": "", "Query.reference(domain)": "", "Query.references(domain)": "" },
  ...{ "Query.standings(domain)": "", "Query.changes(domain)": "", "Query.changes(benchmark)": "", "Query.releases(domain)": "" },
  ...{ "Benchmark.correlation(with)": "", "Model.scores(benchmarks)": "", "Model.score(benchmark)": "", "Model.trend(benchmark)": "" },
  ...{ "Standings.matrix(benchmarks)": "", "Standings.leaderboard(benchmark)": "", "Standings.statistics(benchmark)": "" },
  ...{ "Standings.score(model)": "OD", "Standings.score(benchmark)": "", "Standings.compare(models)": "OD" },
  ...{
    "Standings.compare(benchmarks)": "",
    "Standings.compare(below)": "",
    "Standings.correlation(x)": "",
    "Standings.correlation(y)": "",
  },
  ...{
    "Standings.correlations(benchmarks)": "",
    "Standings.scatter(x)": "",
    "Standings.scatter(y)": "",
    "Standings.leaderboard(around)": "OD",
  },
  ...{ "LeaderboardRow.scores(benchmarks)": "", "PairComparison.differences(benchmark)": "" },
  ...{ "BenchmarkFilter.identifiers": "", "BenchmarkFilter.below": "", "BenchmarkFilter.search": "", "BenchmarkFilter.region": "" },
  ...{ "BenchmarkFilter.species": "", "BenchmarkFilter.task": "" },
  ...{ "ModelFilter.names": "OD", "ModelFilter.search": "OD", "ModelFilter.architecture": "OD", "ModelFilter.family": "OD" },
  ...{ "ModelFilter.trainingDataset": "", "ModelFilter.taskSpecialization": "", "ModelFilter.competition": "", "ModelFilter.group": "" },
  ...{
    "ModelFilter.contributor": "OD",
    "ScoredFilter.benchmark": "",
    "BenchmarkWeight.benchmark": "",
    "Conditions.release": "",
    "Moment.release": "",
  },
};

const GIVEN: Readonly<Record<string, unknown>> = {
  ...{ domain: "vision", slug: "vision", identifier: "a", benchmark: "a", with: "b", x: "a", y: "b", benchmarks: ["a", "b"], weight: 1 },
  ...{ name: "alpha", model: "alpha", models: ["alpha", "beta"], from: { asOf: "2020-06-01" }, id: "x", ids: ["x"], references: [] },
};

interface Named {
  readonly what: string;
  readonly query: string;
  readonly variables: (text: string) => object;
}

const isText = (type: GraphQLInputType): boolean => ["String", "ID", "URL"].includes(getNamedType(type).name);
const isPageArgument = (name: string): boolean => ["after", "before"].includes(name);

/** A result of a field, as far as it goes without more arguments. */
function selection(type: unknown): string {
  if (isInterfaceType(type)) return "{ __typename id }";
  if (!isObjectType(type)) return "";
  if (type.name.endsWith("Connection")) return "{ totalCount }";
  return `{ ${["__typename", "id", "revision", "populationSize", "count", "sharedLeaves", "r", "state"].filter((name) => name === "__typename" || name in type.getFields()).join(" ")} }`; // prettier-ignore
}

/** Every argument and every field of an input of queries that is a text. */
const named = Object.values(schema.getTypeMap()).flatMap((type): Named[] => {
  if (type.name.startsWith("_") || type.name === "Mutation" || type.name === "Subscription") return [];
  if (isInputObjectType(type)) {
    if (type.name.endsWith("Input")) return [];
    return Object.values(type.getFields()).filter((field) => isText(field.type)).map((field) => ({
      what: `${type.name}.${field.name}`,
      query: `query($given: ${type.name}!) { ${PLACES[type.name]} }`,
      variables: (text) => ({
        given: {
          ...Object.fromEntries(Object.values(type.getFields()).filter((each) => String(each.type).endsWith("!")).map(({ name }) => [name, GIVEN[name]])),
          [field.name]: isListType(getNullableType(field.type)) ? [text] : text,
        },
      }),
    })); // prettier-ignore
  }
  if (!isObjectType(type)) return [];
  return Object.values(type.getFields()).flatMap((field) => {
    return field.args.filter((arg) => isText(arg.type) && !isPageArgument(arg.name)).map((arg): Named => {
      const args = field.args.filter((each) => each === arg || String(each.type).endsWith("!"));
      const passed = args.length ? `(${args.map(({ name }) => `${name}: $${name}`).join(", ")})` : "";
      return {
        what: `${type.name}.${field.name}(${arg.name})`,
        query: `query(${args.map((each) => `$${each.name}: ${String(each.type)}`).join(", ")}) { ${PLACES[type.name]?.replace("*", `${field.name}${passed} ${selection(getNamedType(field.type))}`)} }`,
        variables: (text) => {
          const own = isListType(getNullableType(arg.type)) ? (arg.name === "models" ? ["alpha", text] : [text]) : text;
          return { ...Object.fromEntries(args.map(({ name }) => [name, GIVEN[name]])), [arg.name]: own };
        },
      };
    });
  });
}); // prettier-ignore

describe("the name of something hidden (§10)", () => {
  it("may be given wherever a text may, and each such place is in the table", () => {
    expect(named.map(({ what }) => what).filter((what) => !(what in NAMED))).toEqual([]);
    expect(Object.keys(NAMED).filter((what) => !named.some((each) => each.what === what))).toEqual([]);
  });

  it.each(named)("in $what is as good as that of nothing, but to its owner and admins", async ({ what, query, variables }) => {
    const got: Record<Letter, string[]> = { A: [], S: [], O: [], D: [] };
    const compare = async (kind: string, name: string, letter: Letter) => {
      // Of the same form, so that only what it names differs.
      const nothing = name.startsWith("http") ? "https://example.org/nobody" : name.replace(/.{4}$/, "zzzz");
      const answers = await Promise.all(
        [name, nothing].map(async (given) => (await ask(letter, query, variables(given))).replaceAll(given, "…")),
      );
      expect([query, answers[0]]).toEqual([query, expect.not.stringMatching(/GRAPHQL_VALIDATION_FAILED|INTERNAL/)]);
      if (answers[0] !== answers[1]) got[letter].push(kind);
    };
    for (const [kind, name] of Object.entries(hidden)) await Promise.all(LETTERS.map((letter) => compare(kind, name, letter)));
    const letters = LETTERS.filter((letter) => got[letter].length > 0).join("");
    expect([what, letters, got.A, got.S]).toEqual([what, NAMED[what], [], []]);
  });
});

type Outcome = "done" | "NOT_ALLOWED" | "NOT_FOUND";

/** What comes of each mutation, by who asks: A, S, O, D. `$x` in an input: something of the asker's own. */
const WRITTEN: readonly (readonly [mutation: string, about: string, input: (letter: Letter) => object, Outcome[]])[] = [
  ["registerReference", "a new one", (own) => ({ domain: "vision", bibtex: `@article{New${own}, title={New ${own}}, author={A, B}, year={2020}}` }), ["NOT_ALLOWED", "done", "done", "done"]], // prettier-ignore
  ["registerBenchmark", "a new one", (own) => ({ domain: "vision", identifier: `new-${own}`, parent: "average" }), ["NOT_ALLOWED", "NOT_ALLOWED", "NOT_ALLOWED", "done"]], // prettier-ignore
  ["addBenchmarkVersion", "a leaf", () => ({ domain: "vision", benchmark: "c", version: { number: 2 } }), ["NOT_ALLOWED", "NOT_ALLOWED", "NOT_ALLOWED", "done"]], // prettier-ignore
  ["updateBenchmark", "a leaf", () => ({ domain: "vision", identifier: "c", order: 3 }), ["NOT_ALLOWED", "NOT_ALLOWED", "NOT_ALLOWED", "done"]], // prettier-ignore
  ["setBenchmarkVisibility", "a leaf", () => ({ domain: "vision", benchmark: "c", isVisible: false }), ["NOT_ALLOWED", "NOT_ALLOWED", "NOT_ALLOWED", "done"]], // prettier-ignore
  ["registerModel", "their own", (own) => ({ domain: "vision", name: `new-${own}` }), ["NOT_ALLOWED", "done", "done", "done"]],
  ["registerModel", "somebody's", (own) => ({ domain: "vision", name: `for-${own}`, owner: hidden["a contributor's id"] }), ["NOT_ALLOWED", "NOT_ALLOWED", "NOT_ALLOWED", "done"]], // prettier-ignore
  ["registerModel", "an earlier one", (own) => ({ domain: "vision", name: `old-${own}`, submittedAt: "2020-01-01T00:00:00Z" }), ["NOT_ALLOWED", "NOT_ALLOWED", "NOT_ALLOWED", "done"]], // prettier-ignore
  ["updateModel", "a hidden one", () => ({ model: hidden["a model's id"], group: "x" }), ["NOT_ALLOWED", "NOT_FOUND", "done", "done"]],
  ["updateModel", "a stranger's", () => ({ model: ids.alpha, group: "x" }), ["NOT_ALLOWED", "NOT_ALLOWED", "NOT_ALLOWED", "done"]],
  ["submitScores", "a hidden model", (own) => ({ domain: "vision", submissionKey: `h-${own}`, scores: [{ model: hidden["a model's id"], benchmark: "c", version: 1, raw: 0.5, endedAt: "2022-01-01T00:00:00Z" }] }), ["NOT_ALLOWED", "NOT_FOUND", "done", "done"]], // prettier-ignore
  ["submitScores", "a stranger's model", (own) => ({ domain: "vision", submissionKey: `s-${own}`, scores: [{ model: "alpha", benchmark: "c", version: 1, raw: 0.5, endedAt: "2022-01-01T00:00:00Z" }] }), ["NOT_ALLOWED", "NOT_ALLOWED", "NOT_ALLOWED", "done"]], // prettier-ignore
  ["retractScores", "a hidden result", () => ({ observations: [hidden["a result's id"]], reason: "x" }), ["NOT_ALLOWED", "NOT_FOUND", "done", "done"]], // prettier-ignore
  ["retractScores", "a stranger's result", () => ({ observations: [ids["alpha's run"]], reason: "x" }), ["NOT_ALLOWED", "NOT_ALLOWED", "NOT_ALLOWED", "done"]], // prettier-ignore
  ["createRelease", "of a domain", (own) => ({ domain: "vision", name: `r-${own}` }), ["NOT_ALLOWED", "NOT_ALLOWED", "NOT_ALLOWED", "done"]], // prettier-ignore
  ["createAccount", "a new one", (own) => ({ key: `new-${own}`, displayName: "x" }), ["NOT_ALLOWED", "NOT_ALLOWED", "NOT_ALLOWED", "done"]],
  ["createApiKey", "their own", (own) => ({ name: `new-${own}` }), ["NOT_ALLOWED", "done", "done", "done"]],
  ["createApiKey", "of another account", (own) => ({ name: `for-${own}`, account: ids.hider }), ["NOT_ALLOWED", "NOT_FOUND", "done", "done"]], // prettier-ignore
  ["revokeApiKey", "of an account", () => ({ apiKey: hidden["a key's id"] }), ["NOT_ALLOWED", "NOT_FOUND", "done", "done"]],
];

describe("what is written (§10)", () => {
  const fields = Object.values(schema.getMutationType()!.getFields());

  it("is said of every mutation", () => {
    const said = new Set(WRITTEN.map(([name]) => name));
    expect(fields.map(({ name }) => name).filter((name) => !said.has(name))).toEqual([]);
  });

  const outcomeOf = async (letter: Letter, mutation: string, input: object) => {
    const type = String(fields.find(({ name }) => name === mutation)!.args[0].type);
    const body = await ask(letter, `mutation($input: ${type}) { ${mutation}(input: $input) { userErrors { code path message } } }`, {
      input,
    });
    const { errors, data } = JSON.parse(body) as { errors?: Json[]; data?: Json };
    const codes = [...(errors ?? []).map(({ extensions }) => extensions.code as string), ...(data?.[mutation]?.userErrors ?? []).map(({ code }: Json) => code)]; // prettier-ignore
    return codes.length === 0 ? "done" : [...new Set(codes)].join(" ");
  };

  it.each(WRITTEN)("%s, %s: anybody, a stranger, the owner, an admin", async (mutation, _about, input, expected) => {
    const outcomes: string[] = [];
    for (const letter of LETTERS) outcomes.push(await outcomeOf(letter, mutation, input(letter)));
    expect(outcomes).toEqual(expected);
  });

  it("tells a stranger nothing of what is hidden: its id answers as that of nothing, in every text of every input", async () => {
    for (const { name, args } of fields) {
      const of = getNamedType(args[0].type);
      if (!isInputObjectType(of)) continue;
      const sample = WRITTEN.find(([mutation]) => mutation === name)![2];
      for (const field of Object.values(of.getFields()).filter((each) => isText(each.type) && !isEnumType(getNamedType(each.type))))
        for (const given of Object.values(hidden))
          for (const letter of ["A", "S"] as const) {
            // What names something new is written: not here.
            if (letter === "S" && ["name", "key", "displayName", "submissionKey", "reason", "bibtex", "competition", "group", "notes"].includes(field.name)) continue; // prettier-ignore
            const nothing = given.startsWith("http") ? "https://example.org/nobody" : given.replace(/.{4}$/, "zzzz");
            const answer = async (text: string) => {
              const input = { ...sample(letter), dryRun: undefined, [field.name]: isListType(getNullableType(field.type)) ? [text] : text };
              const body = await ask(letter, `mutation($input: ${String(args[0].type)}) { ${name}(input: $input) { userErrors { code path message } } }`, { input }); // prettier-ignore
              return [text, ...Object.values(hidden)]
                .reduce((all, each) => all.replaceAll(each, "…"), body)
                .replaceAll(/"(requestId|revision)":"[^"]*"/g, "");
            };
            expect([name, field.name, letter, await answer(given)]).toEqual([name, field.name, letter, await answer(nothing)]);
          }
    }
  });
});
