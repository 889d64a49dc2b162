import { getNullableType, isInputObjectType, isListType, isObjectType, type GraphQLInputType, getNamedType, isEnumType } from "graphql";
import { askHttp } from "../../support/ask-http";
import { giveKey } from "../../support/give-key";
import { joinedSchema } from "../../support/joined";
import type { Json } from "../../support/json";
import { seed } from "../../support/seed";
import { openServer, type OpenServer } from "../open-server";

/** More entries than any list takes. */
const ENTRIES = 10_001;

/** How the fields of a type are reached, `*` standing for one of them; how a value of an input type, `$list` standing for it. */
const PLACES: Readonly<Record<string, string>> = {
  Query: `*`,
  Model: `model(domain: "vision", name: "alpha") { * }`,
  Standings: `standings(domain: "vision") { * }`,
  LeaderboardRow: `standings(domain: "vision") { leaderboard(first: 1) { nodes { * } } }`,
  BenchmarkFilter: `benchmarks(domain: "vision", filter: $list) { totalCount }`,
  ModelFilter: `models(domain: "vision", filter: $list) { totalCount }`,
  Conditions: `standings(domain: "vision", under: $list) { revision }`,
  StimuliInput: `addBenchmarkVersion(input: { domain: "vision", benchmark: "V1", version: { number: 2, stimuli: $list } }) { userErrors { code } }`,
  RegisterModelInput: `registerModel(input: $list) { userErrors { code } }`,
  UpdateModelInput: `updateModel(input: $list) { userErrors { code } }`,
  RetractScoresInput: `retractScores(input: $list) { userErrors { code } }`,
  SubmitScoresInput: `submitScores(input: $list) { userErrors { code } }`,
};

/** What else is given where it must be. */
const GIVEN: Readonly<Record<string, unknown>> = {
  ...{
    domain: "vision",
    name: "beta",
    reason: "x",
    submissionKey: "x",
    isPublic: false,
    position: 1,
    url: "https://example.org/",
    region: "V1",
  },
  ...{ layer: "x", model: "alpha", benchmark: "V1", version: 1, endedAt: "2020-01-01", weight: 1 },
};

const { schema, supergraph } = joinedSchema();
let open: OpenServer;
let url: string;
let authorization: string;
let id: string;
beforeAll(async () => {
  open = await openServer({ endpoints: [{ path: "/graphql", schema, sdl: supergraph }] });
  const { dataSource } = open.database;
  const story = seed(dataSource).domain("vision").tree("average\n  V1").account("chief", { role: "ADMIN" });
  await story.model("alpha").score("alpha", "V1", { raw: 0.5 }).write();
  await open.refresh();
  authorization = `Bearer ${await giveKey(dataSource, "chief")}`;
  [{ id }] = (await dataSource.query("SELECT id FROM model")) as { id: string }[];
  url = await open.server.listen({ port: 0, host: "127.0.0.1" });
});
afterAll(() => open?.close());

/** A value of an input type, of no meaning. */
function anything(type: GraphQLInputType, name: string): unknown {
  const named = getNamedType(type);
  if (isListType(getNullableType(type))) return [];
  if (isEnumType(named)) return named.getValues()[0].name;
  if (name === "model" && named.name === "ID") return id;
  if (isInputObjectType(named)) return required(Object.values(named.getFields()));
  return GIVEN[name] ?? "x";
}
const required = (fields: readonly { name: string; type: GraphQLInputType }[]): Record<string, unknown> =>
  Object.fromEntries(fields.flatMap(({ name, type }) => (String(type).endsWith("!") ? [[name, anything(type, name)]] : [])));

const isList = ({ type }: { type: GraphQLInputType }): boolean => isListType(getNullableType(type));

/** Every argument and every field of an input that is a list. */
const lists = Object.values(schema.getTypeMap()).flatMap((type): [string, string, string | null, GraphQLInputType][] => {
  if (type.name.startsWith("_")) return [];
  if (isInputObjectType(type)) return Object.values(type.getFields()).filter(isList).map((field) => [type.name, field.name, null, field.type]); // prettier-ignore
  if (!isObjectType(type)) return [];
  return Object.values(type.getFields()).flatMap((field) => field.args.filter(isList).map((arg): [string, string, string, GraphQLInputType] => [type.name, arg.name, field.name, arg.type])); // prettier-ignore
});

test.each(lists)("%s: `%s` is not taken at any length", async (owner, name, fieldName, type) => {
  const place = PLACES[owner];
  expect([owner, place]).toEqual([owner, expect.any(String)]);
  const element = (getNullableType(type) as unknown as { ofType: GraphQLInputType }).ofType;
  const list = Array<unknown>(ENTRIES).fill(anything(element, name));
  const of = schema.getType(owner);
  let text: string;
  let variables: Record<string, unknown>;
  if (isObjectType(of)) {
    const field = of.getFields()[fieldName!];
    const args = field.args.filter((arg) => arg.name === name || String(arg.type).endsWith("!"));
    const returned = getNamedType(field.type);
    const selection = isObjectType(returned) || "getFields" in returned ? "{ __typename }" : "";
    const passed = args.map((arg) => `${arg.name}: $${arg.name}`).join(", ");
    text = `query(${args.map((arg) => `$${arg.name}: ${String(arg.type)}`).join(", ")}) { ${place.replace("*", `${field.name}(${passed}) ${selection}`)} }`;
    variables = { ...required(args), [name]: list };
  } else {
    const isWritten = place.includes("userErrors");
    const needed = isWritten ? "!" : "";
    text = `${isWritten ? "mutation" : "query"}($list: ${owner}${needed}) { ${place} }`;
    variables = { list: { ...required(isInputObjectType(of) ? Object.values(of.getFields()) : []), [name]: list } };
  }
  const { body } = await askHttp(url, { path: "/graphql", headers: { authorization }, body: { query: text, variables } });
  const { errors = [], data } = JSON.parse(body) as { errors?: Json[]; data?: Record<string, Json> };
  const codes = [...errors.map(({ extensions }) => extensions.code as string), ...Object.values(data ?? {}).flatMap((payload) => (payload?.userErrors ?? []).map(({ code }: Json) => code))]; // prettier-ignore
  expect([text, codes]).toEqual([text, expect.arrayContaining(["TOO_MANY"])]);
});
