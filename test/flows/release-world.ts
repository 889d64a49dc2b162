import type { DataSource } from "typeorm";
import type { Append } from "../../src/database/append-facts";
import type { FactTable } from "../../src/database/fact-tables";
import type { Row } from "../../src/database/write-rows";
import { seed } from "../support/seed";

/** Facts that releases are made of. `hasPrivate`: with models that outsiders must not hear of, between the others. */
export async function writeReleaseWorld(dataSource: DataSource, { hasPrivate = true, idKey = Buffer.alloc(32, 7) } = {}): Promise<void> {
  await dataSource.query(`UPDATE ledger SET id_key = $1`, [idKey]);
  const story = seed(dataSource).domain("vision", { references: ["Domain2020"], columns: { usage: 'load("{name}")' } });
  if (hasPrivate) story.reference("Secret2019", { title: "A secret" });
  story
    .reference("Domain2020")
    .reference("Leaf2021")
    .tree(
      `
      average
        V1
          a          reference Leaf2021
          b          versions 1 2
        V4
          c
      engineering    raw
        f
      `,
    )
    .version("a", 1, { recording_region: "V1" })
    .account("lab", { display_name: "The lab" })
    .account("rival")
    .model("alpha", { owner: "lab", columns: { family: "cnn", submitted_at: "2020-05-01T00:00:00Z" } });
  if (hasPrivate) {
    story
      .model("hidden", { isPublic: false, owner: "lab", reference: "Secret2019", columns: { family: "cnn" } })
      .model("upcoming", { isPublic: false, owner: "rival", columns: { family: "cnn" } })
      .score("hidden", "a", { ceiled: 0.95, endedAt: "2019-01-01", comment: "hush" })
      .score("upcoming", "a", { ceiled: 0.7, endedAt: "2020-01-01" });
  }
  await story
    .model("beta", { owner: "rival", columns: { family: "vit" } })
    .model("gamma")
    .score("alpha", "a", { ceiled: 0.8, raw: 0.4, error: 0.01, startedAt: "2020-06-01", endedAt: "2020-06-02T03:04:05.678Z" })
    .score("alpha", "b", { ceiled: 0.1 + 0.2, version: 1, endedAt: "2020-06-01" })
    .score("alpha", "c", { ceiled: 0.5 })
    .score("beta", "a", { ceiled: 0.6 })
    .score("beta", "b", { ceiled: 0.9, version: 2 })
    .score("beta", "f", { raw: 3 })
    .score("gamma", "a", { failed: true })
    .score("gamma", "c", { ceiled: 0.7, error: 0.2 })
    .write();
}

/** Changes columns of rows in a step of a seed: `.also(changed("model", "name = 'alpha'", { family: "vit" }))`. */
export const changed =
  (table: FactTable, where: string, columns: Row) =>
  async ({ query, change }: Append): Promise<void> => {
    const rows = await query(`SELECT pk FROM ${table} WHERE ${where} ORDER BY pk`);
    if (rows.length === 0) throw new Error(`There is no ${table} where ${where}.`);
    await change(
      table,
      rows.map(({ pk }) => ({ pk, ...columns })),
    );
  };

/** Changes of every kind: scores, a retraction, versions, leaves, models, publicity, visibility, places and properties. */
export async function changeEverything(dataSource: DataSource): Promise<void> {
  await seed(dataSource)
    .domain("vision")
    .also(changed("domain", "slug = 'vision'", { name: "Vision, renamed", usage: null }))
    .score("alpha", "a", { ceiled: 0.99, raw: 0.9, endedAt: "2024-01-01" })
    .score("gamma", "b", { ceiled: 0.4 })
    .also(
      changed(
        "observation",
        "pk = (SELECT o.pk FROM observation o JOIN model m ON m.pk = o.model_pk WHERE m.name = 'beta' AND raw IS NULL AND ceiled = 0.6)",
        { retracted_at: "2024-02-01T00:00:00Z", retraction_reason: "a mistake" },
      ),
    )
    .version("b", 3, { ceiling: 0.5 })
    .version("a", 1, { recording_region: "V2" })
    .score("beta", "b", { ceiled: 0.2, version: 3 })
    .also(changed("benchmark", "identifier = 'c'", { is_visible: false }))
    .also(changed("benchmark", "identifier = 'V1'", { rank_decimals: 0, order: 9 }))
    .also(changed("benchmark", "identifier = 'a'", { parent_pk: null, root_position: 7, order: 0 }))
    .also(changed("model", "name = 'alpha'", { family: "vit", submitted_at: "2024-05-01T00:00:00Z" }))
    .also(changed("model", "name = 'upcoming'", { is_public: true }))
    .also(changed("account", "key = 'lab'", { display_name: "Another lab" }))
    .model("delta", { columns: { family: "cnn" } })
    .score("delta", "a", { ceiled: 1 })
    .score("hidden", "b", { ceiled: 1 })
    .write();
}
