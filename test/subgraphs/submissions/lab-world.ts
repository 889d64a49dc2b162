import { createTestDatabase, type TestDatabase } from "../../support/database";
import { type Joined, openJoined } from "../../support/joined";
import { seed } from "../../support/seed";
import { viewerOf } from "../../support/viewer-of";

type Account = Awaited<ReturnType<typeof viewerOf>>;

/** A domain with a lab that owns a public and a private model, a rival with both too, and an admin. */
export interface LabWorld {
  readonly database: TestDatabase;
  readonly joined: Joined;
  readonly lab: Account;
  readonly rival: Account;
  readonly admin: Account;
}

export async function makeLabWorld(): Promise<LabWorld> {
  const database = await createTestDatabase();
  const { dataSource } = database;
  await seed(dataSource)
    .domain("vision")
    .tree("average_vision\n  V1\n    leaf-a    versions 1 2\n    leaf-b\n  IT\n    leaf-c\n    leaf-d    no versions")
    .account("chief", { role: "ADMIN" })
    .model("alpha", { owner: "lab" })
    .model("draft", { owner: "lab", isPublic: false })
    .model("theirs", { owner: "rival" })
    .model("secret", { owner: "rival", isPublic: false })
    .model("nobody's")
    .score("theirs", "leaf-b", 0.6)
    .score("nobody's", "leaf-b", 0.4)
    .domain("language")
    .tree("average_language\n  words")
    .model("speaker", { owner: "lab" })
    .write();
  return {
    database,
    joined: await openJoined(database),
    lab: await viewerOf(dataSource, "lab"),
    rival: await viewerOf(dataSource, "rival"),
    admin: { ...(await viewerOf(dataSource, "chief"))!, isAdmin: true },
  };
}
