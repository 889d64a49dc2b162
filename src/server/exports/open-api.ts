import { type GraphQLInputObjectType, type GraphQLSchema } from "graphql";
import type { Column, Kind } from "./column";
import { FILES, TABLES } from "./files";
import { BENCHMARK_FIELDS, type FieldKind, MODEL_FIELDS } from "./filter-fields";

const VALUES: Readonly<Record<Kind, object>> = {
  text: { type: "string" },
  number: { type: "number", format: "double" },
  integer: { type: "integer", format: "int32" },
  instant: { type: "string", format: "date-time" },
  truth: { type: "boolean" },
};

const valueOf = ({ kind, isNeeded, description }: Column): object => {
  const value = VALUES[kind];
  return { ...value, ...(isNeeded ? {} : { type: [(value as { type: string }).type, "null"] }), description };
};

/** How parameters of each kind of field are written. */
const WRITTEN: Readonly<Record<FieldKind, { readonly schema: object; readonly how: string }>> = {
  texts: { schema: { type: "array", items: { type: "string" } }, how: "Once for each value; any of them is enough." },
  text: { schema: { type: "string" }, how: "" },
  range: { schema: { type: "string", pattern: "^.*\\.\\..*$" }, how: "A range as `from..to`, both included; either end may be open." },
  dates: {
    schema: { type: "string", pattern: "^.*\\.\\..*$" },
    how: "A range of instants or dates as `from..to`; either end may be open.",
  },
  boolean: { schema: { type: "boolean" }, how: "" },
};

const parameter = (name: string, description: string, schema: object): object => ({
  ...{ name, in: "query", required: false, description: description.trim(), schema },
  ...((schema as { type: string }).type === "array" ? { style: "form", explode: true } : {}),
});

/** The parameters of all files, described as the API describes its conditions. */
function conditionParameters(schema: GraphQLSchema): Readonly<Record<string, object>> {
  const described = (type: string, field: string) =>
    (schema.getType(type) as GraphQLInputObjectType).getFields()[field].description?.trim() ?? "";
  const ofFilter = (type: string, prefix: string, fields: Readonly<Record<string, FieldKind>>) =>
    Object.entries(fields).map(([field, kind]) => {
      const { schema: written, how } = WRITTEN[kind];
      return parameter(`${prefix}.${field}`, `${described(type, field)} ${how}`, written);
    });
  const all = [
    parameter("asOf", described("Conditions", "asOf"), { type: "string" }),
    parameter("release", described("Conditions", "release"), { type: "string" }),
    parameter("missing", described("Conditions", "missing"), { type: "string", enum: ["ZERO", "SKIP_NOT_RUN", "SKIP_ALL"] }),
    parameter("weights", `${described("Conditions", "weights")} As \`V1:2\`, once for each benchmark.`, WRITTEN.texts.schema),
    ...ofFilter("ModelFilter", "among", MODEL_FIELDS),
    ...ofFilter("BenchmarkFilter", "only", BENCHMARK_FIELDS),
  ] as readonly { readonly name: string }[];
  return Object.fromEntries(all.map((each) => [each.name, each]));
}

const header = (description: string): object => ({ description, schema: { type: "string" } });

const HEADERS = {
  etag: header("Changes with what the file says. Sent as `If-None-Match`, it saves sending the file again."),
  "x-scoretree-revision": header("The revision of the facts that the file is computed from."),
  "x-scoretree-license": header("The license of the data, where one is known."),
  link: header("The address of the license, as `rel=license`."),
  "content-disposition": header("A name to save the file under."),
  "repr-digest": header("SHA-256 of the file (RFC 9530). Of a long file that was not made before it comes as a trailer."),
  "unencoded-digest": header("The same where the file travels compressed: of the file as it is saved."),
};

const failure = (description: string): object => ({
  description,
  content: { "application/json": { schema: { $ref: "#/components/schemas/Failure" } } },
});

const FAILURE = {
  type: "object",
  required: ["errors"],
  properties: {
    errors: {
      type: "array",
      items: {
        type: "object",
        required: ["message", "extensions"],
        properties: {
          message: { type: "string" },
          extensions: {
            type: "object",
            required: ["code"],
            properties: {
              code: { type: "string", description: "Stable: a code is never renamed." },
              parameter: { type: "string", description: "The parameter that is wrong." },
              expected: { type: "string" },
              got: { type: "string" },
            },
          },
        },
      },
    },
  },
};

/** A row of a table, as a line of JSON is one. */
const rowSchema = (table: string): object => {
  const { columns, description, furtherColumns } = TABLES[table];
  return {
    ...{ type: "object", description, required: columns.map(({ name }) => name) },
    properties: Object.fromEntries(columns.map((each) => [each.name, valueOf(each)])),
    additionalProperties: furtherColumns ? { type: ["number", "null"], description: "`score_<identifier>`: the value there." } : false,
  };
};

/** The description of the exports by OpenAPI 3.1, without the servers. `schema`: one with the API's `Conditions`. */
export function describeExports(schema: GraphQLSchema): object {
  const parameters = {
    domain: { name: "domain", in: "path", required: true, description: "The domain's slug.", schema: { type: "string" } },
    benchmark: parameter("benchmark", "Identifier of the benchmark that orders. Default: the global root.", { type: "string" }),
    ...conditionParameters(schema),
  };
  const refs = (isOfBenchmark: boolean) =>
    Object.keys(parameters)
      .filter((name) => isOfBenchmark || name !== "benchmark")
      .map((name) => ({ $ref: `#/components/parameters/${name}` }));
  const files = [...FILES.values()].map(({ name, description, mediaType, isOfBenchmark }) => {
    const [table, ending] = name.split(".");
    const content = ending === "jsonl" ? { "x-row": { $ref: `#/components/schemas/${table}` }, schema: { type: "string" } } : {};
    const get = {
      ...{ operationId: `${table}_${ending}`, summary: `${table} as .${ending}`, description, parameters: refs(isOfBenchmark) },
      responses: {
        200: { description: "The file.", headers: HEADERS, content: { [mediaType]: content } },
        304: { description: "It is as it was when it was sent with this tag." },
        400: failure("A parameter is wrong: which one, what was expected and what was got."),
        401: failure("A key was sent that is good for nobody."),
        404: failure("There is no such domain."),
        429: failure("You used up what you may in a minute, or are sent many files already: `Retry-After` says when to come again."),
        503: failure("Too many files are sent at once: `Retry-After` says when to come again."),
      },
    };
    return [`/exports/{domain}/${name}`, { get }] as const;
  });
  const json = { content: { "application/json": { schema: { type: "object" } } } };
  return {
    openapi: "3.1.0",
    info: {
      title: "Exports",
      version: "1",
      description:
        "Everything that everybody may see of a domain as files, under any conditions. Ranks are counted among the public models, whoever asks.",
    },
    paths: {
      "/exports/": {
        get: { operationId: "index", summary: "What there is", responses: { 200: { description: "All files of all domains.", ...json } } },
      },
      ...Object.fromEntries(files),
    },
    components: {
      parameters,
      schemas: { Failure: FAILURE, ...Object.fromEntries(Object.keys(TABLES).map((table) => [table, rowSchema(table)])) },
    },
  };
}
