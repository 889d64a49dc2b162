import { graphql, openScoretree, ScoretreeError } from "../../examples/typescript/scoretree";
import { type OpenExports, openExports } from "../server/exports/open-exports";
import { createTestDatabase, type TestDatabase } from "../support/database";
import { giveKey } from "../support/give-key";
import { seed } from "../support/seed";

let database: TestDatabase;
let served: OpenExports;
let key: string;
beforeAll(async () => {
  database = await createTestDatabase();
  const story = seed(database.dataSource).domain("vision").tree("root\n  leaf").model("own", { owner: "lab", isPublic: false });
  for (const at of [1, 2, 3, 4, 5]) story.model(`model-${at}`);
  await story.write();
  key = await giveKey(database.dataSource, "lab");
  served = await openExports(database);
});
afterAll(async () => {
  await served?.close();
  await database?.drop();
});

const MODELS = graphql(`
  query ($after: String, $domain: String!) {
    models(domain: $domain, first: 2, after: $after) {
      nodes {
        name
        metadata {
          parameterCount
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`);

const OWN = graphql(`
  query {
    model(domain: "vision", name: "own") {
      isPublic
    }
  }
`);

describe("examples/typescript/scoretree.ts", () => {
  it("walks through all pages of a list, each row typed", async () => {
    const names: string[] = [];
    for await (const row of openScoretree(served.url).rows(MODELS, { domain: "vision" }, ({ models }) => models)) {
      const parameters: number | null = row.metadata.parameterCount;
      expect(parameters).toBeNull();
      // @ts-expect-error: there is no such field in the query.
      expect(row.rank).toBeUndefined();
      names.push(row.name);
    }
    expect(names).toEqual(["model-1", "model-2", "model-3", "model-4", "model-5"]);
  });

  it("shows what only its account sees to who has a key", async () => {
    expect(await openScoretree(served.url, key).ask(OWN, {})).toEqual({ model: { isPublic: false } });
    expect(await openScoretree(served.url).ask(OWN, {})).toEqual({ model: null });
  });

  it("takes no variables that the query does not name", () => {
    const { ask } = openScoretree(served.url);
    // @ts-expect-error: the domain is missing. It is not asked for here.
    const wrong = () => ask(MODELS, {});
    expect(wrong).toBeInstanceOf(Function);
  });

  it("tells what the server refuses by its code", async () => {
    const refused = await openScoretree(served.url)
      .ask(MODELS, { domain: "vision", after: "none" })
      .catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(ScoretreeError);
    expect(refused).toMatchObject({ code: "INVALID_CURSOR", errors: [{ path: ["models"] }] });
  });
});
