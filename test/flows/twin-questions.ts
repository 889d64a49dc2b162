import { getNamedType, isLeafType, isObjectType, type GraphQLSchema } from "graphql";
import { documentedOperations } from "../support/documented-operations";
import type { Pools } from "../support/generate-query";
import { isExternal, requirement } from "../../src/federation/requirement";
import { nestedQuery } from "./nested-query";
import { SECRETS } from "./twin-world";

/** What the pages name, and what stands for it in the twin worlds. */
const RENAMED: readonly [RegExp, string][] = [
  [/average_vision/g, "average"],
  [/behavior_vision/g, "behavior"],
  [/"IT"/g, '"behavior"'],
  [/resnet-50x2_untrained/g, "alpha"],
  [/synthetic-swint-in21k-132/g, "beta"],
];

/** Every operation of the README, the pages and the examples, in terms of the twin worlds. */
export function documentedQueries(): string[] {
  return documentedOperations()
    .map(({ query }) => query)
    .filter((query) => !query.includes("createApiKey")) // A key is random: no two answers are the same.
    .map((query) => RENAMED.reduce((text, [name, other]) => text.replace(name, other), query));
}

const MODELS = ["alpha", "beta", "leaver", "comer", "nobody", ...SECRETS.models];

const CELL = `state value display error rank tiedWith percentile rankInterval { best worst } coverage { scored leaves }
  observation { id version raw ceiled error failed startedAt endedAt comment retractedAt retractionReason submission { id } }`;
const STATISTICS = `count failed notRun min max mean median lowerQuartile upperQuartile standardDeviation best { name } histogram(bins: 5) { min max count }`;
const PAGE = `totalCount edges { cursor } pageInfo { hasNextPage hasPreviousPage startCursor endCursor }`;

/** Conditions that standings are asked for under. */
export const CONDITIONS = [
  "{}",
  `{ asOf: "2018-12-31" }`,
  `{ asOf: "2021-03-31" }`,
  `{ release: "2021" }`,
  `{ release: "2023" }`,
  `{ release: "nope" }`,
  `{ among: { search: "secret" } }`,
  `{ among: { names: ["secret-1", "alpha", "the same"] } }`,
  `{ among: { not: { contributor: ["Quiet people", "The lab"] } } }`,
  `{ among: { scored: [{ benchmark: "b", value: { min: 0.1 } }] }, missing: SKIP_ALL }`,
  `{ only: { below: ["V4"] }, weights: [{ benchmark: "V1", weight: 2 }], missing: SKIP_NOT_RUN }`,
];

/** Questions about everything that could tell of secrets, each by name. */
export function namedQueries(): string[] {
  const each = <T>(values: readonly T[], write: (value: T) => string) => values.map(write);
  return [
    `{ domains { id slug name modelCount benchmarkCount leafCount references { key } } releases(domain: "vision") { id name revision createdAt notes checksum } viewer { id key } }`,
    ...each(["vision", "language", "nowhere"], (domain) => `{ models(domain: "${domain}", first: 100) { ${PAGE} nodes { id name isPublic contributor { id displayName models { totalCount } } reference { key models { totalCount nodes { name } } } } } }`), // prettier-ignore
    ...each(["NAME", "SUBMITTED_AT", "PARAMETER_COUNT"], (by) => `{ models(domain: "vision", orderBy: { by: ${by}, direction: DESC }) { ${PAGE} nodes { name submittedAt metadata { parameterCount family } } } }`), // prettier-ignore
    ...each(["secret", "the", "quiet", "LAB", "a"], (text) => `{ models(domain: "vision", filter: { search: "${text}" }) { totalCount nodes { name } } }`), // prettier-ignore
    ...each(["vision", "language"], (domain) => `{ references(domain: "${domain}") { ${PAGE} nodes { id key doi url label citation(format: APA) benchmarks { identifier } models { totalCount nodes { name } } } } }`), // prettier-ignore
    ...each(["Secret2019", "Secret2020", "Model2022", "Comer2023"], (key) => `{ reference(domain: "vision", key: "${key}") { id title } references(domain: "vision", keys: ["${key}"]) { totalCount } }`), // prettier-ignore
    `{ a: reference(domain: "vision", doi: "10.1000/secret") { id } b: reference(domain: "vision", url: "https://example.org/secret") { id } }`,
    `{ benchmarks(domain: "vision") { nodes { identifier leafCount versions { number validFrom validTo isCurrent } statistics { ${STATISTICS} } leaderboard { ${PAGE} nodes { rank model { name } } } } } }`, // prettier-ignore
    `{ benchmarks(domain: "language") { nodes { identifier leafCount versions { number validFrom validTo isCurrent } statistics { ${STATISTICS} } } } }`,
    ...each(MODELS, (name) => `{ model(domain: "vision", name: "${name}") { id isPublic contributor { displayName } reference { key } scores(states: [SCORED, FAILED, NOT_RUN]) { id benchmark { identifier } ${CELL} } bibliography } elsewhere: model(domain: "language", name: "${name}") { id } }`), // prettier-ignore
    ...each(MODELS, (name) => `{ model(domain: "vision", name: "${name}") { trend(every: YEAR) { at value rank of coverage { scored leaves } newLeaves { identifier } newVersions { number } } c: trend(benchmark: "c", every: QUARTER) { at rank of } } }`), // prettier-ignore
    ...each(MODELS, (name) => `{ standings(domain: "vision") { score(model: "${name}", benchmark: "a") { ${CELL} history { id raw comment } } leaderboard(around: "${name}", first: 2) { ${PAGE} nodes { rank model { name } } } } }`), // prettier-ignore
    ...each(MODELS, (name) => `{ standings(domain: "vision") { compare(models: ["alpha", "${name}"]) { sharedLeaves pairs { aWins bWins pearson differences { benchmark { identifier } value } } } } }`), // prettier-ignore
    ...each(CONDITIONS, (under) => `{ standings(domain: "vision", under: ${under}) { revision populationSize release { name revision } tree { benchmark { identifier } leafCount weight version { number } statistics { ${STATISTICS} } } matrix { models { name } benchmarks { identifier } states values errors ranks } citedReferences { key } leaderboard(first: 100) { ${PAGE} nodes { rank model { name } score { ${CELL} } } } } }`), // prettier-ignore
    ...each(CONDITIONS, (under) => `{ model(domain: "vision", name: "alpha") { scores(under: ${under}) { id ${CELL} history { id retractedAt } } } secret: model(domain: "vision", name: "secret-1") { score(benchmark: "a", under: ${under}) { value } } }`), // prettier-ignore
    ...each(["PEARSON", "SPEARMAN", "KENDALL"], (method) => `{ standings(domain: "vision") { correlation(x: "a", y: "b", method: ${method}) { r count pValue slope } correlations(benchmarks: ["a", "b", "c"], method: ${method}) { r count } scatter(x: "V1", y: "V4") { model { name } x y } } }`), // prettier-ignore
    ...each(["2018-06-01", "2021-01-01", "2022-06-01"], (from) => `{ changes(domain: "vision", from: { asOf: "${from}" }, benchmark: "average") { ${PAGE} nodes { model { name } benchmark { identifier } before { rank value } after { rank value } rankGain valueGain contributions { benchmark { identifier } value } } } }`), // prettier-ignore
    `{ changes(domain: "vision", from: { release: "2021" }, to: { release: "2023" }) { ${PAGE} nodes { model { name } rankGain before { rank } after { rank } } } }`,
    `{ model(domain: "vision", name: "alpah") { name scor } modell(domain: "vision") { id } }`,
    `query ($x: Int!) { models(domain: "vision", first: $x) { totalCount } }`,
    `{ __schema { types { name } } }`,
    nestedQuery("alpha", "average", 3),
    nestedQuery("secret-1", "average", 3),
  ];
}

/** Queries for everything by its id, and for what stands below it. */
export function idQueries(ids: readonly string[]): string[] {
  const content = `__typename id ... on Model { name isPublic } ... on Reference { key } ... on Contributor { displayName } ... on Observation { raw comment } ... on BenchmarkVersion { number validFrom } ... on Release { name checksum }`; // prettier-ignore
  const chunks = Array.from({ length: Math.ceil(ids.length / 50) }, (_, at) => ids.slice(at * 50, at * 50 + 50));
  return [
    ...chunks.map((chunk) => `{ nodes(ids: ${JSON.stringify(chunk)}) { ${content} } }`),
    ...chunks.map((chunk) => `{ ${chunk.map((id, at) => `n${at}: node(id: "${id}") { id }`).join(" ")} }`),
    ...ids.filter((id) => id.startsWith("reference_")).map((id) => `{ bibliography(references: ["${id}"]) }`),
  ];
}

/** For each entity of a subgraph that is served alone: everything that it tells without arguments, of all ids. */
export function entityQueries(
  schema: GraphQLSchema,
  typeNames: readonly string[],
  ids: readonly string[],
): { query: string; variables: object }[] {
  return typeNames.map((typeName) => {
    const type = schema.getType(typeName);
    const fields = isObjectType(type)
      ? Object.values(type.getFields()).filter((field) => requirement(field) === null && !isExternal(field))
      : [];
    const open = fields.filter(({ args }) => args.every(({ type: of }) => !String(of).endsWith("!")));
    const plain = open.filter(({ type: of }) => isLeafType(getNamedType(of))).map(({ name }) => name);
    const lists = open.filter(({ type: of }) => /Connection!?$/.test(String(of))).map(({ name }) => `${name} { totalCount }`);
    const keys = open.flatMap(({ name, type: of }) => {
      const named = getNamedType(of);
      return isObjectType(named) && named.getFields().id ? [`${name} { id }`] : [];
    });
    const query = `query ($of: [_Any!]!) { _entities(representations: $of) { ... on ${typeName} { ${["__typename", ...plain, ...lists, ...keys].join(" ")} } } }`;
    const names = [
      ...MODELS.map((name) => ({ domain: { slug: "vision" }, name })),
      ...SECRETS.models.map((name) => ({ domain: { slug: "language" }, name })),
    ];
    const byName = typeName === "Model" ? names : [];
    return { query, variables: { of: [...ids.map((id) => ({ id })), ...byName].map((key) => ({ __typename: typeName, ...key })) } };
  });
}

/** What generated queries draw their arguments from. */
export const pools = (ids: readonly string[], cursors: readonly string[]): Pools => {
  const benchmarks = ["average", "V1", "a", "b", "c", "d", "e", "f", "g", "between", "unused", "engineering", "reading", "nothing"];
  const models = [...MODELS, "gamma", "delta", "mine", "gone"];
  const references = ["Domain2020", "Leaf2021", "Leaf2022", "Model2022", "Comer2023", "None2000", ...SECRETS.references];
  const contributors = ["The lab", "rival", "Quiet people", "A stranger", "lab", ...SECRETS.accounts];
  return {
    ...{ slug: ["vision", "vision", "language", "nowhere"], domain: ["vision", "vision", "vision", "vision", "language", "nowhere"] },
    ...{ identifier: benchmarks, identifiers: benchmarks, benchmark: benchmarks, benchmarks, below: benchmarks, x: benchmarks, y: benchmarks, with: benchmarks }, // prettier-ignore
    ...{ name: models, names: models, model: models, models, around: models, contributor: contributors },
    ...{ key: references, keys: references, doi: ["10.1000/secret", "10.1000/leaf", "x"], dois: ["10.1000/secret", "10.1000/leaf"] },
    ...{ release: ["2021", "2023", "2025"], search: ["a", "secret", "the", "lab", "quiet", "", "zzz"] },
    ...{ id: ids, ids, references: ids.filter((id) => id.startsWith("reference_")), after: cursors, before: cursors },
    ...{ region: ["V1", "V4", "IT"], species: ["macaque", "human"], task: ["none"], family: ["cnn", "vit", "gnn"], group: ["small"], competition: ["cosyne2022"] }, // prettier-ignore
    ...{ architecture: ["none"], trainingDataset: ["none"], taskSpecialization: ["none"], url: ["https://example.org/secret", "https://example.org/leaf"] }, // prettier-ignore
    ...{ confidence: [0.5, 0.95, 2], weight: [0, 0.5, 1, 2, -1], first: [0, 1, 2, 3, 100, 101], last: [0, 1, 2, 100], bins: [1, 5, 20] },
    ...{ asOf: ["2018-06-01", "2020-12-31", "2021-05-01T00:00:00Z", "2024-01-01", "2035-01-01"] },
    ...{ String: ["a", "secret-1"], Boolean: [true, false], Int: [0, 1, 2, 5], Float: [0, 0.2, 0.5, 0.9, 1], ID: ids, URL: ["https://example.org/leaf"] }, // prettier-ignore
    DateTime: ["2018-01-01", "2020-06-01", "2021-06-01T12:00:00Z", "2023-01-01", "2025-01-01"],
  };
};

/** What a stranger with an account tries to write: onto private things of others by their names and ids, and next to them. */
export function writes(ids: readonly string[]): string[] {
  const errors = "userErrors { code message path }";
  const model = `revision ${errors} model { id name isPublic reference { key } contributor { displayName } }`;
  const of = (kind: string) => ids.filter((id) => id.startsWith(`${kind}_`));
  const each = <T>(values: readonly T[], write: (value: T) => string) => values.map((value) => `mutation { ${write(value)} }`);
  const register = (input: string) => `registerModel(input: { ${input} }) { ${model} }`;
  const cite = (bibtex: string, more = "") => `registerReference(input: { domain: "vision", bibtex: ${JSON.stringify(bibtex)}${more} }) { isNew revision ${errors} reference { id key title doi } }`; // prettier-ignore
  const submit = (model: string, key: string, more = "") => `submitScores(input: { domain: "vision", submissionKey: "${key}", scores: [{ model: "${model}", benchmark: "b", version: 3, ceiled: 0.4, endedAt: "2023-05-05" }]${more} }) { replayed revision ${errors} submission { id key scoreCount revision scores { value rank model { name } } } }`; // prettier-ignore
  const retract = (list: readonly string[]) => `retractScores(input: { observations: ${JSON.stringify(list)}, reason: "none" }) { revision ${errors} observations { id retractedAt retractionReason comment } }`; // prettier-ignore
  return [
    ...each([...MODELS, "planned"], (name) => register(`domain: "vision", name: "${name}", isPublic: ${name.length % 2 === 0}`)),
    ...each(["hidden-gem", "gone"], (name) => register(`domain: "language", name: "${name}", isPublic: true`)),
    ...each(["Secret2019", "Planned2027", "Leaf2021", "Mine2024"], (key) => register(`domain: "vision", name: "of-${key}", reference: "${key}"`)), // prettier-ignore
    ...each(of("contributor"), (id) => register(`domain: "vision", name: "for another", owner: "${id}"`)),
    ...each(["Secret2019", "Planned2027", "Leaf2021"], (key) => cite(`@misc{${key}, title={Another}, author={Doe, Jane}, year={2027}}`)),
    ...each(["10.1000/secret", "10.1000/planned", "10.1000/leaf"], (doi) =>
      cite(`@misc{Mine${doi.slice(8)}, title={By DOI}, doi={${doi}}}`),
    ),
    ...each(["Secret2020", "Domain2020"], (key) => cite(`@misc{Other, title={The work ${key}}, author={Doe, Jane}, year={2020}}`, `, key: "${key}"`)), // prettier-ignore
    ...each([...MODELS, ...of("model")], (name) => submit(name, `to ${name.slice(0, 12)}`)),
    ...each(["run-1", "run-2", "new"], (key) => submit("mine", key)),
    ...each(["run-1", "run-2"], (key) => submit("mine", key, ", dryRun: true")),
    ...each(of("observation"), (id) => retract([id])),
    ...each([of("observation")], retract),
    ...each(of("model"), (id) => `updateModel(input: { model: "${id}", isPublic: true, competition: "x" }) { ${model} }`),
    ...each(of("account"), (id) => `createApiKey(input: { name: "x", account: "${id}" }) { ${errors} apiKey { name prefix } }`),
    ...each(of("api-key"), (id) => `revokeApiKey(input: { apiKey: "${id}" }) { ${errors} apiKey { name } }`),
    ...each(["quiet", "shadow", "lab", "new"], (key) => `createAccount(input: { key: "${key}" }) { ${errors} account { id key } }`),
    `mutation { createRelease(input: { domain: "vision", name: "mine" }) { ${errors} release { id } } }`,
    `mutation { registerBenchmark(input: { domain: "vision", identifier: "new", reference: "Secret2019" }) { ${errors} } }`,
    `mutation { updateBenchmark(input: { domain: "vision", identifier: "a", reference: "Secret2019" }) { ${errors} } }`,
    `mutation { nothing }`,
  ];
}
