import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { parse, stripIgnoredCharacters, type ObjectTypeDefinitionNode, print } from "graphql";

/** What Apollo's subgraph compatibility suite asks of a subgraph, in this project's words; `npm run check:compatibility` runs the suite itself. */

const ROOT = path.resolve(__dirname, "../..");

let child: ChildProcess;
let urls: { products: string; gateway: string };

beforeAll(async () => {
  const program = path.join(__dirname, "products/serve.ts");
  child = spawn(process.execPath, ["--require", path.join(ROOT, "test/support/run-typescript.cjs"), program], {
    cwd: ROOT,
    stdio: ["ignore", "pipe", "inherit"],
  });
  const ended = once(child, "exit").then(([code]) => Promise.reject(new Error(`The subgraphs ended with ${code}.`)));
  const printed = new Promise<string>((resolve) => {
    let text = "";
    child.stdout!.on("data", (chunk: Buffer) => {
      const line = /^\{.*\}$/m.exec((text += chunk.toString()));
      if (line) resolve(line[0]);
    });
  });
  urls = JSON.parse(await Promise.race([printed, ended])) as typeof urls;
  ended.catch(() => undefined);
});
afterAll(async () => {
  const ended = once(child, "exit");
  child.kill("SIGKILL");
  await ended;
});

interface Answer {
  data: Record<string, unknown>;
  errors?: unknown[];
  extensions?: Record<string, unknown>;
}

async function ask(url: string, query: string, variables = {}, headers: Record<string, string> = {}): Promise<Answer> {
  const body = JSON.stringify({ query, variables });
  const answer = await fetch(url, { method: "POST", body, headers: { "content-type": "application/json", ...headers } });
  return (await answer.json()) as Answer;
}

const product = (selection: string) => `{ product(id: "apollo-federation") { ${selection} } }`;

/** What a gateway asks for: entities by their keys. */
const entities = (selection: string, ...representations: Record<string, unknown>[]) =>
  ask(urls.products, `query ($representations: [_Any!]!) { _entities(representations: $representations) { ${selection} } }`, {
    representations,
  });

async function sdl(): Promise<string> {
  const { data } = await ask(urls.products, "{ _service { sdl } }");
  return (data._service as { sdl: string }).sdl;
}

/** The directives of a type as printed, or of one of its fields. */
async function directivesOf(typeName: string, fieldName?: string): Promise<string[]> {
  const { definitions } = parse(await sdl());
  const type = definitions.find((node): node is ObjectTypeDefinitionNode => "name" in node && node.name?.value === typeName);
  const node = fieldName === undefined ? type : type?.fields?.find(({ name }) => name.value === fieldName);
  return (node?.directives ?? []).map(print);
}

describe("the SDL that a subgraph serves", () => {
  test("has every type with its fields, and the fields of Query", async () => {
    const text = stripIgnoredCharacters(await sdl());
    expect(text).toContain("product(id:ID!):Product ");
    expect(text).toMatch(
      /deprecatedProduct\((sku:String!|package:String!){2}\):DeprecatedProduct@deprecated\(reason:"Use product query instead"\)/,
    );
    for (const [type, fields] of [
      ["ProductVariation", "id:ID!"],
      ["CaseStudy", "caseNumber:ID! description:String"],
      ["ProductResearch", "study:CaseStudy! outcome:String"],
      ["DeprecatedProduct", "sku:String! package:String! reason:String createdBy:User"],
    ])
      expect(text).toMatch(new RegExp(`type ${type}[^{]*(\\{ ?caseNumber ?\\}"\\))?\\{${fields.replaceAll(" ", " ?")}\\}`));
  });

  test("links one version of federation, the one that was chosen, with the imports that were chosen", async () => {
    const { definitions } = parse(await sdl());
    const links = definitions.flatMap((node) => (node.kind === "SchemaExtension" ? (node.directives ?? []) : [])).map(print);
    expect(links.filter((link) => link.includes("specs.apollo.dev/federation/"))).toEqual([
      '@link(url: "https://specs.apollo.dev/federation/v2.3", import: ["@composeDirective", "@external", "@key", "@inaccessible", "@interfaceObject", "@override", "@provides", "@requires", "@shareable", "@tag"])',
    ]);
  });

  test("composes a directive of its own, defines and applies it", async () => {
    const text = await sdl();
    expect(text).toContain('@link(url: "https://myspecs.dev/myCustomDirective/v1.0", import: ["@custom"])');
    expect(text).toContain('@composeDirective(name: "@custom")');
    expect(text).toContain("directive @custom on OBJECT");
    expect(await directivesOf("Product")).toContain("@custom");
  });

  test.each([
    ["one field", "User", undefined, ['@key(fields: "email")']],
    ["two fields together", "DeprecatedProduct", undefined, ['@key(fields: "sku package")']],
    ["an object's field", "ProductResearch", undefined, ['@key(fields: "study { caseNumber }")']],
    ["@shareable on a type", "ProductDimension", undefined, ["@shareable"]],
    ["@interfaceObject", "Inventory", undefined, ["@interfaceObject", '@key(fields: "id")']],
    ["@inaccessible on a field", "ProductDimension", "unit", ["@inaccessible"]],
    ["@override on a field", "User", "name", ['@override(from: "users")']],
    ["@external on a field", "User", "totalProductsCreated", ["@external"]],
    ["@requires on a field", "User", "averageProductsCreatedPerYear", ['@requires(fields: "totalProductsCreated yearsOfEmployment")']],
    ["@provides on a field", "Product", "createdBy", ['@provides(fields: "totalProductsCreated")']],
    ["@tag on a field", "Product", "notes", ['@tag(name: "internal")']],
  ])("has the directives of %s", async (_, type, field, directives) => {
    expect((await directivesOf(type, field)).sort()).toEqual(directives.sort());
  });

  test("has every key of a type that has several", async () => {
    expect(await directivesOf("Product")).toEqual(
      expect.arrayContaining(['@key(fields: "id")', '@key(fields: "sku package")', '@key(fields: "sku variation { id }")']),
    );
  });
});

describe("entities", () => {
  test.each([
    ["one field", "... on User { email name }", { __typename: "User", email: "support@apollographql.com" }, { name: "Jane Smith" }],
    [
      "two fields together",
      "... on DeprecatedProduct { sku package reason }",
      { __typename: "DeprecatedProduct", sku: "apollo-federation-v1", package: "@apollo/federation-v1" },
      { reason: "Migrate to Federation V2" },
    ],
    [
      "an object's field",
      "... on ProductResearch { study { caseNumber description } }",
      { __typename: "ProductResearch", study: { caseNumber: "1234" } },
      { study: { caseNumber: "1234", description: "Federation Study" } },
    ],
  ])("are found by %s", async (_, selection, key, expected) => {
    const { data, errors } = await entities(selection, key);
    expect(errors).toBeUndefined();
    const { __typename, ...fields } = key;
    expect(__typename).toBe(key.__typename);
    expect(data._entities).toEqual([{ ...fields, ...expected }]);
  });

  test("are found by any of several keys in one request, in order, and null where there is none", async () => {
    const { data, errors } = await entities(
      "... on Product { id sku }",
      { __typename: "Product", id: "apollo-federation" },
      { __typename: "Product", sku: "federation", package: "@apollo/federation" },
      { __typename: "Product", sku: "studio", variation: { id: "platform" } },
      { __typename: "Product", sku: "studio", variation: null },
      { __typename: "Product", sku: "studio", variation: "platform" },
    );
    expect(errors).toBeUndefined();
    expect(data._entities).toEqual([
      { id: "apollo-federation", sku: "federation" },
      { id: "apollo-federation", sku: "federation" },
      { id: "apollo-studio", sku: "studio" },
      null,
      null,
    ]);
  });

  test.each([null, 5, "1234", [], { caseNumber: { toString: 1 } }])("without an id are null for the key %j", async (study) => {
    const { data } = await entities("... on ProductResearch { outcome }", { __typename: "ProductResearch", study });
    expect(data._entities).toEqual([null]);
  });
});

describe("what is asked of the subgraph itself", () => {
  test("holds a field that is inaccessible to clients", async () => {
    expect((await ask(urls.products, product("dimensions { unit }"))).data).toEqual({ product: { dimensions: { unit: "kg" } } });
  });

  test("holds what it provides of another's entity", async () => {
    expect((await ask(urls.products, product("createdBy { email totalProductsCreated }"))).data).toEqual({
      product: { createdBy: { email: "support@apollographql.com", totalProductsCreated: 1337 } },
    });
  });

  test("carries a trace where the header asks for one", async () => {
    expect(await ask(urls.products, "{ __typename }", {}, { "apollo-federation-include-trace": "ftv1" })).toEqual({
      data: { __typename: "Query" },
      extensions: { ftv1: expect.any(String) },
    });
  });
});

describe("what a gateway makes of it", () => {
  test.each([
    ["a field that it took over from another subgraph", "createdBy { name }", { createdBy: { name: "Jane Smith" } }],
    [
      "a field that requires others' fields",
      "createdBy { averageProductsCreatedPerYear }",
      { createdBy: { averageProductsCreatedPerYear: expect.any(Number) } },
    ],
    ["fields that two subgraphs share", "dimensions { size weight }", { dimensions: { size: "small", weight: 1 } }],
    [
      "another's field that requires ours",
      'delivery(zip: "94111") { estimatedDelivery }',
      { delivery: { estimatedDelivery: "2019-05-01" } },
    ],
  ])("%s", async (_, selection, expected) => {
    expect(await ask(urls.gateway, product(selection))).toEqual({ data: { product: expected } });
  });

  test("fields that it adds to another's interface", async () => {
    expect(await ask(urls.gateway, '{ inventory(id: "apollo-oss") { __typename deprecatedProducts { sku reason } } }')).toEqual({
      data: {
        inventory: {
          __typename: "OpenSourceInventory",
          deprecatedProducts: [{ sku: "apollo-federation-v1", reason: "Migrate to Federation V2" }],
        },
      },
    });
  });

  test("no field that is inaccessible", async () => {
    expect((await ask(urls.gateway, product("dimensions { unit }"))).errors).toMatchObject([
      { message: 'Cannot query field "unit" on type "ProductDimension".' },
    ]);
  });
});
