/* eslint-disable @typescript-eslint/no-require-imports -- a script of plain node */
// Writes docs/reference from the printed schema: `npm run reference`. With --check it writes nothing, and fails if a page is not current.
const { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } = require("node:fs");
const path = require("node:path");
const { buildASTSchema, getNamedType, isEnumType, isInputObjectType, isInterfaceType, isScalarType, isSpecifiedScalarType, parse, print, visit } = require("graphql"); // prettier-ignore

const root = path.resolve(__dirname, "..");
const folder = path.join(root, "docs/reference");

/** The subgraphs in the order in which they are told, and what each is for. */
const PAGES = {
  benchmarks: "The tree: domains, benchmarks, their versions, and what was recorded and shown.",
  models: "What is scored, who contributed it, and what is known of it.",
  scores: "Standings, cells, ranks, statistics, trends, comparisons, changes and releases, under any conditions.",
  citations: "The works to cite, and bibliographies.",
  submissions: "Accounts, keys, and handing in scores.",
};
const NAMES = Object.keys(PAGES);
const OPERATIONS = { Query: "Queries", Mutation: "Mutations", Subscription: "Subscriptions" };

const sdl = (name) => readFileSync(path.join(root, `schema/${name}.graphql`), "utf8");
const api = buildASTSchema(parse(sdl("api")));

/** Which subgraphs describe a type, which resolve a field, and what a field costs. */
const describers = new Map();
const resolvers = new Map();
const costs = new Map();

const argumentsOf = (directive) => Object.fromEntries(directive.arguments.map(({ name, value }) => [name.value, value]));

/** What a field counts for, in words; empty for one that counts as one object. */
function costOf(directives) {
  const told = [];
  for (const directive of directives) {
    const given = argumentsOf(directive);
    if (directive.name.value === "cost") told.push(`${given.weight.value} by itself`);
    if (directive.name.value !== "listSize" || !given.assumedSize) continue;
    const by = given.slicingArguments?.values.map(({ value }) => `\`${value}\``).join(" or ");
    told.push(by ? `as many objects as ${by} says, else ${given.assumedSize.value}` : `${given.assumedSize.value} objects`);
  }
  return told.join(", ");
}

for (const name of NAMES)
  visit(parse(sdl(name)), {
    enter(node) {
      if (!/^(Object|Interface|InputObject|Enum|Scalar)Type(Definition|Extension)$/.test(node.kind)) return undefined;
      const type = node.name.value;
      if (node.description) describers.set(type, [...(describers.get(type) ?? []), name]);
      for (const field of node.fields ?? []) {
        const key = `${type}.${field.name.value}`;
        if (!field.directives.some(({ name: { value } }) => value === "external")) resolvers.set(key, resolvers.get(key) ?? name);
        costs.set(key, costOf(field.directives ?? []) || costs.get(key) || "");
      }
      return false;
    },
  });

/** The page of a type; README for what several subgraphs share. */
function pageOf({ name }) {
  const by = describers.get(name) ?? [];
  return by.length > 2 || by.length === 0 ? "README" : by[0];
}

const cell = (text) => (text ?? "").trim().replaceAll(/\s*\n\s*/g, " ").replaceAll("|", "\\|"); // prettier-ignore

/** A type as it is written, leading to where it is told. */
function linked(type, from) {
  const named = getNamedType(type);
  if (isSpecifiedScalarType(named)) return `\`${type}\``;
  const page = pageOf(named);
  return `[\`${type}\`](${page === from ? "" : `${page}.md`}#${named.name.toLowerCase()})`;
}

const defaultOf = ({ astNode }) => (astNode.defaultValue ? ` Default: \`${print(astNode.defaultValue)}\`.` : "");

const argument = (each, from) => `<br>· \`${each.name}\` ${linked(each.type, from)}: ${cell(each.description)}${defaultOf(each)}`;

/** A row of a field, with its arguments. */
function fieldRow(type, field, from) {
  const takes = [...field.args].sort((a, b) => Number(b.type.toString().endsWith("!")) - Number(a.type.toString().endsWith("!")));
  const what = cell(field.description) + takes.map((each) => argument(each, from)).join("");
  return `| \`${field.name}\` | ${linked(field.type, from)} | ${what} | ${costs.get(`${type.name}.${field.name}`) ?? ""} |`;
}

const HEAD = {
  fields: "| field | type | what it is | cost |\n| --- | --- | --- | --- |",
  values: "| value | what it means |\n| --- | --- |",
};

function fieldTable(type, fields, from) {
  return [HEAD.fields, ...fields.map((field) => fieldRow(type, field, from))].join("\n");
}

const inputRow = (field, from) => `| \`${field.name}\` | ${linked(field.type, from)} | ${cell(field.description)}${defaultOf(field)} |`;

function bodyOf(type, from) {
  if (isScalarType(type)) return type.specifiedByURL ? `Specified by <${type.specifiedByURL}>.` : "";
  const described = ({ name, description }) => `| \`${name}\` | ${cell(description)} |`;
  if (isEnumType(type)) return [HEAD.values, ...type.getValues().map(described)].join("\n");
  const fields = Object.values(type.getFields());
  if (isInputObjectType(type))
    return ["| field | type | what it is |\n| --- | --- | --- |", ...fields.map((field) => inputRow(field, from))].join("\n");
  return fieldTable(type, fields, from);
}

const kindOf = (type) =>
  isScalarType(type) ? "Scalar" : isEnumType(type) ? "Enum" : isInputObjectType(type) ? "Input" : isInterfaceType(type) ? "Interface" : "";

function section(type, from) {
  const kind = kindOf(type);
  return `### ${type.name}\n\n${kind ? `_${kind}._ ` : ""}${(type.description ?? "").trim()}\n\n${bodyOf(type, from)}`.trim();
}

const types = Object.values(api.getTypeMap())
  .filter((type) => !type.name.startsWith("__") && !isSpecifiedScalarType(type) && !(type.name in OPERATIONS))
  .sort((a, b) => (a.name < b.name ? -1 : 1));

/** What one subgraph answers of the roots. */
function operations(from) {
  return Object.entries(OPERATIONS).flatMap(([name, title]) => {
    const fields = Object.values(api.getType(name)?.getFields() ?? {}).filter((each) => resolvers.get(`${name}.${each.name}`) === from);
    return fields.length > 0 ? [`## ${title}`, fieldTable(api.getType(name), fields, from)] : [];
  });
}

const sections = (title, chosen, from) => (chosen.length > 0 ? [`## ${title}`, ...chosen.map((type) => section(type, from))] : []);

function printPage(name) {
  const own = types.filter((type) => pageOf(type) === name);
  const inputs = own.filter(isInputObjectType);
  return [
    `# Reference: ${name}`,
    `${PAGES[name]} [All pages](README.md).`,
    ...operations(name),
    ...sections("Types", own.filter((type) => !isInputObjectType(type) && !isEnumType(type)), name), // prettier-ignore
    ...sections("Inputs", inputs, name),
    ...sections("Enums", own.filter(isEnumType), name),
  ];
}

/** Every code of an error, as docs of the API tell it. A test holds that none is left out. */
const ERRORS = {
  BAD_USER_INPUT:
    "An argument is out of range, of the wrong form, or does not go with another one. The message says what was expected and got.",
  GRAPHQL_PARSE_FAILED: "The text is no GraphQL.",
  GRAPHQL_VALIDATION_FAILED: "The query does not fit the schema.",
  INTROSPECTION_DISABLED: "This server does not tell its schema by introspection.",
  NOT_FOUND: "Something named is not there, or not yours to see: the two are not told apart.",
  NOT_ALLOWED: "You see it, but may not do this to it.",
  UNAUTHENTICATED: "A key or token was sent that is good for nobody, or none where one is needed.",
  CONFLICT: "It goes against what is written already.",
  TOO_MANY: "The operation asks for more than one may: see [limits](../limits.md).",
  RATE_LIMITED: "You asked for more in a minute than one may; `Retry-After` says when to come again.",
  TIMEOUT: "It took longer than it may.",
  INVALID_CURSOR: "A cursor is none of this list, filter and order.",
  EXPIRED_CURSOR: "The revision that the list was begun at is kept no longer: begin it again.",
  EXPIRED_REVISION: "Subgraphs could not answer from one revision: ask again.",
  UNAVAILABLE: "The server has too much to do, or is not ready; `Retry-After` says when to come again.",
};

function printIndex() {
  const rows = NAMES.flatMap((name) =>
    Object.keys(OPERATIONS).flatMap(
      (operation) =>
      Object.values(api.getType(operation)?.getFields() ?? {})
        .filter((each) => resolvers.get(`${operation}.${each.name}`) === name)
        .map((each) => `| [\`${each.name}\`](${name}.md#${OPERATIONS[operation].toLowerCase()}) | ${operation.toLowerCase()} | ${linked(each.type, "README")} | ${cell(each.description).split(". ")[0].replace(/\.$/, "")}. |`), // prettier-ignore
    ),
  );
  return [
    "# Reference",
    "Every query, type, field, argument and value of the API, made from the schema by `npm run reference`. How to ask is told in the [guide](../guide.md), what each number means in [semantics](../semantics.md). A running server has the same schema at `/schema.graphql`, and an editor that completes it at `/graphiql`.",
    ["| page | what it is about |\n| --- | --- |", ...NAMES.map((name) => `| [${name}](${name}.md) | ${PAGES[name]} |`)].join("\n"),
    "Fields of one type can come from several subgraphs: a type is told whole on one page.",
    "## All operations",
    ["| field | operation | type | what it is |\n| --- | --- | --- | --- |", ...rows].join("\n"),
    "## Cost",
    "An object of an answer costs 1, and a list as many times what is in it as it may have entries. The column _cost_ says where a field differs from that: how many objects a list counts as, and what a field costs by itself because it takes much work. [Limits](../limits.md) tell how much one may ask for; `rateLimit { cost nodeCount }` tells what a query costs.",
    "## Errors",
    "A field that cannot be answered is null, or the nearest field above it that may be null is, and `errors` tells why: `message`, `path` and `extensions.code`. A mutation that refuses its input answers `userErrors` instead, all faults at once, with codes of [`UserErrorCode`](#usererrorcode). Codes are never renamed. What a type or argument demands is in its description.",
    ["| code | when |\n| --- | --- |", ...Object.entries(ERRORS).map(([code, when]) => `| \`${code}\` | ${when} |`)].join("\n"),
    ...sections("Types that all pages share", types.filter((type) => pageOf(type) === "README"), "README"), // prettier-ignore
  ];
}

const pages = new Map([["README", printIndex()], ...NAMES.map((name) => [name, printPage(name)])].map(([name, parts]) => [`${name}.md`, `${parts.join("\n\n")}\n`])); // prettier-ignore

const present = existsSync(folder) ? readdirSync(folder) : [];
const read = (file) => (present.includes(file) ? readFileSync(path.join(folder, file), "utf8") : null);
const stale = [...present.filter((file) => !pages.has(file)), ...[...pages.keys()].filter((file) => read(file) !== pages.get(file))];
if (!process.argv.includes("--check")) {
  mkdirSync(folder, { recursive: true });
  for (const [file, text] of pages) writeFileSync(path.join(folder, file), text);
  console.log(`Wrote ${pages.size} pages to docs/reference.`);
} else if (stale.length > 0) {
  console.error(`docs/reference is not current: ${stale.join(", ")}. Run: npm run reference`);
  process.exitCode = 1;
} else console.log(`docs/reference is current: ${pages.size} pages.`);
