import type { DataSource } from "typeorm";
import type { Append } from "../../src/database/append-facts";
import { idOf } from "../../src/database/identify";
import type { Row } from "../../src/database/write-rows";
import { readKey } from "../../src/subgraphs/submissions/accounts/key-text";
import { createRelease } from "../../src/subgraphs/scores/create-release";
import { seed } from "../support/seed";
import { changed } from "./release-world";

type Story = ReturnType<typeof seed>;

/** API keys that are good in both worlds, and one that is there in the world with secrets only. */
export const KEYS = { stranger: `st_stranger_${"S".repeat(43)}`, quiet: `st_quiet001_${"Q".repeat(43)}` };

/** Gives an account a key. Its use is never noted, so that it tells nothing of when it was used. */
const keyOf =
  (account: string, text: string) =>
  async ({ query, idKey }: Append): Promise<void> => {
    const { prefix, hash } = readKey(text)!;
    await query(
      `INSERT INTO api_key (id, account_pk, name, prefix, hash, created_at, last_used_at)
       SELECT $2, pk, 'a key', $3, $4, '2021-01-01', '2999-01-01' FROM account WHERE key = $1`,
      [account, idOf(idKey, "ApiKey", prefix), prefix, hash],
    );
  };

/** Registers a reference for an account, as nobody else sees it. */
const registered =
  (account: string, key: string, columns: Row) =>
  async ({ query, add, idKey }: Append): Promise<void> => {
    const [{ registrant_pk, domain_pk, position }] = await query(
      `SELECT account.pk AS registrant_pk, domain.pk AS domain_pk, (SELECT count(*) FROM reference WHERE domain_pk = domain.pk) AS position
       FROM account, domain WHERE account.key = $1 AND slug = 'vision'`,
      [account],
    );
    const bibtex = `@misc{${key}, title={${key} of ${account}}}`;
    const work = { title: `${key} of ${account}`, csl: { id: key, type: "article" }, work: `${key} of ${account}`, bibtex, ...columns };
    await add("reference", [{ id: idOf(idKey, "Reference", "vision", key, account), key, registrant_pk, domain_pk, position, ...work }]);
  };

/** Names that only the world with secrets knows. Outsiders ask for them all the same. */
export const SECRETS = {
  models: ["secret-1", "secret-2", "the same", "hidden-gem", "upcoming", "mine"],
  references: ["Secret2019", "Secret2020"],
  accounts: ["quiet", "shadow", "copycat"],
  submissions: ["run-1", "run-2"],
};

const LAB = { display_name: "The lab" };

/**
 * Writes a world of facts, the same for all outsiders whether it has secrets or not. With them, private models stand between the public
 * facts in the order of revisions: of several owners, named like public ones and like each other, measured before and after everybody
 * else, failed, retracted, on versions that nobody else was run on; with references, submissions, accounts and comments. Then internal keys
 * and revisions differ everywhere too.
 */
export async function writeTwinWorld(dataSource: DataSource, { hasSecrets, idKey }: { hasSecrets: boolean; idKey: Buffer }): Promise<void> {
  await dataSource.query(`UPDATE ledger SET id_key = $1`, [idKey]);
  const tables = [
    "domain",
    "account",
    "reference",
    "benchmark",
    "benchmark_version",
    "sample_file",
    "model",
    "submission",
    "observation",
    "api_key",
  ];
  if (hasSecrets)
    for (const [place, table] of [...tables, "release"].entries())
      await dataSource.query(`SELECT setval(pg_get_serial_sequence($1, 'pk'), $2)`, [table, 100 + 37 * place]);
  const story = () => seed(dataSource).domain("vision", { references: ["Domain2020"], columns: { usage: 'load("{name}")' } });
  /** Adds to a story what only the world with secrets has. */
  const secretly = (told: Story, tell: (told: Story) => Story): Story => (hasSecrets ? tell(told).domain("vision") : told);
  /** Writes such facts in an append of their own. */
  const inSecret = async (tell: (told: Story) => Story) => void (hasSecrets && (await tell(story()).write()));

  await inSecret((told) =>
    told.account("shadow").account("quiet", { display_name: "Quiet people" }).reference("Secret2019", { doi: "10.1000/secret" }),
  );
  let told = story().reference("Domain2020").reference("Leaf2021", { doi: "10.1000/leaf", url: "https://example.org/leaf" });
  told = secretly(told, (secret) => secret.reference("Secret2020", { url: "https://example.org/secret" }));
  told = told.reference("Model2022").reference("Leaf2022").reference("Comer2023").tree(`
    average            decimals 2
      V1               reference Leaf2021
        a              versions 1 2, reference Leaf2021
        b              versions 1 2 3
      V4
        c              versions 1 2, reference Leaf2022
        between        invisible
          d
          e            invisible
      behavior
        f
        unused         no versions
    engineering        raw
      g
  `);
  told = told
    .version("a", 2, {
      recording_region: "V1",
      recording_species: "macaque",
      ceiling: 0.9,
      samples: [{ position: 1, url: "a/1.png" }],
    })
    .version("c", 2, { recording_region: "V4", stimuli_count: 200, metric_name: "pls" })
    .sampleFile("a/1.png", Buffer.from("a picture"))
    .account("lab", LAB)
    .account("rival")
    .account("stranger", { display_name: "A stranger" })
    .model("alpha", { owner: "lab", reference: "Model2022", columns: { family: "cnn", parameter_count: 1e6, submitted_at: "2020-05-01T00:00:00Z", layers: [{ region: "V4", layer: "relu" }] } }); // prettier-ignore
  told = secretly(told, (secret) =>
    secret
      .model("secret-1", { isPublic: false, owner: "lab", reference: "Secret2019", columns: { family: "cnn", parameter_count: 2e6 } })
      .model("alpha", { isPublic: false, owner: "quiet", columns: { family: "vit" } })
      .model("the same", { isPublic: false, owner: "quiet", reference: "Leaf2021" })
      .model("the same", { isPublic: false, owner: "rival", reference: "Secret2020" })
      .score("secret-1", "a", { version: 1, ceiled: 0.9, endedAt: "2018-01-01", comment: "earliest" })
      .score("secret-1", "a", { version: 2, ceiled: 0.99, endedAt: "2018-02-01", submission: "run-1" })
      .score("secret-1", "b", { version: 2, ceiled: 0.5, endedAt: "2018-03-01" })
      .score("the same", "b", { owner: "quiet", version: 3, ceiled: 0.5, endedAt: "2018-03-01", submission: "run-1" })
      .score("the same", "c", { owner: "rival", failed: true, endedAt: "2018-05-01" })
      .score("alpha", "d", { owner: "quiet", raw: 0.7, ceiled: 0.8, endedAt: null }),
  );
  await told
    .model("beta", { owner: "rival", columns: { family: "vit", submitted_at: "2021-01-01T00:00:00Z", competition: "cosyne2022" } })
    .model("gamma")
    .model("delta", { owner: "lab", columns: { group: "small", visual_degrees: 8 } })
    .model("leaver", { owner: "rival", reference: "Leaf2022" })
    .model("comer", { owner: "lab", isPublic: false, reference: "Comer2023" })
    .model("mine", { owner: "stranger", isPublic: false })
    .also(keyOf("stranger", KEYS.stranger))
    .also(registered("stranger", "Mine2024", { doi: "10.1000/mine" }))
    .score("alpha", "a", {
      owner: "lab",
      version: 1,
      raw: 0.4,
      ceiled: 0.8,
      error: 0.01,
      startedAt: "2020-06-01",
      endedAt: "2020-06-02T03:04:05.678Z",
    }) // prettier-ignore
    .score("alpha", "a", { owner: "lab", version: 2, ceiled: 0.7, error: 0.1, endedAt: "2021-06-01" })
    .score("alpha", "b", { owner: "lab", version: 1, ceiled: 0.1 + 0.2, endedAt: "2020-07-01" })
    .score("beta", "a", { ceiled: 0.7, endedAt: "2021-02-01" })
    .score("beta", "c", { version: 1, ceiled: 0.6, endedAt: "2021-02-01" })
    .score("beta", "g", { raw: 3, endedAt: "2021-02-02" })
    .score("gamma", "a", { failed: true, endedAt: "2021-03-01" })
    .score("gamma", "c", { version: 2, ceiled: 0.7, error: 0.2, endedAt: "2021-04-01" })
    .score("delta", "d", { ceiled: 0.4, endedAt: "2021-05-01" })
    .score("delta", "f", { raw: 0.3, ceiled: 0.35, endedAt: null })
    .score("leaver", "c", { ceiled: 0.95, endedAt: "2021-05-05" })
    .score("comer", "d", { ceiled: 0.2, endedAt: "2021-05-06" })
    .score("mine", "a", { ceiled: 0.65, endedAt: "2021-05-07", comment: "mine", submission: "run-1" })
    .domain("language")
    .tree("average_language\n  reading\n  listening   versions 1 2")
    .model("alpha", { owner: "rival" })
    .score("alpha", "reading", { ceiled: 0.5, endedAt: "2022-01-01" })
    .write();

  await inSecret(
    (secret) =>
    secret
      .domain("language")
      .model("hidden-gem", { isPublic: false, owner: "quiet" })
      .score("hidden-gem", "listening", { ceiled: 1, version: 2, endedAt: "2019-01-01" })
      .score("hidden-gem", "reading", { ceiled: 1, endedAt: "2019-01-01" })
      .domain("vision")
      .also(changed("observation", "comment IS NULL AND pk IN (SELECT o.pk FROM observation o JOIN model m ON m.pk = o.model_pk WHERE NOT m.is_public)", { comment: "hush" })), // prettier-ignore
  );
  await createRelease(dataSource, { domain: "vision", name: "2021", notes: "The first." });
  await inSecret((secret) =>
    secret
      .account("copycat", LAB)
      .also(keyOf("quiet", KEYS.quiet))
      .also(registered("quiet", "Mine2024", { doi: "10.1000/mine", work: "10.1000/mine" }))
      .also(registered("quiet", "Leaf2021", {}))
      .also(registered("quiet", "Planned2027", { doi: "10.1000/planned", work: "10.1000/planned" }))
      .also(registered("shadow", "Planned2027", {}))
      .model("upcoming", { isPublic: false, owner: "copycat", columns: { submitted_at: "2030-01-01T00:00:00Z" } })
      .score("upcoming", "f", { ceiled: 0.9, endedAt: "2025-01-01" })
      .score("upcoming", "g", { raw: 300, endedAt: "2025-01-02" })
      .also(
        changed(
          "observation",
          "pk = (SELECT o.pk FROM observation o JOIN model m ON m.pk = o.model_pk WHERE m.name = 'secret-1' ORDER BY o.pk LIMIT 1)",
          { retracted_at: "2024-02-01T00:00:00Z", retraction_reason: "a secret" },
        ),
      ) // prettier-ignore
      .also(changed("model", "name = 'secret-1'", { family: "gnn" })),
  );

  told = story()
    .score("beta", "b", { ceiled: 0.9, version: 3, endedAt: "2022-02-01" })
    .score("alpha", "b", { owner: "lab", ceiled: 0.85, version: 3, endedAt: "2022-01-01" });
  told = secretly(told, (secret) => secret.score("upcoming", "b", { ceiled: 0.9, version: 3, endedAt: "2021-12-01" }));
  await told
    .version("c", 3, { ceiling: 0.5 })
    .version("c", 4, { ceiling: 0.6 })
    .score("gamma", "c", { ceiled: 0.2, version: 4, endedAt: "2023-01-01" })
    .also(changed("benchmark", "identifier = 'e'", { is_visible: true }))
    .also(changed("model", "name = 'comer'", { is_public: true }))
    .also(changed("model", "name = 'delta'", { family: "cnn" }))
    .also(changed("observation", "ceiled = 0.6", { retracted_at: "2024-02-01T00:00:00Z", retraction_reason: "a mistake" }))
    .write();
  await inSecret((secret) => secret.score("secret-1", "c", { ceiled: 0.9, version: 3, endedAt: "2022-05-01" }));
  await createRelease(dataSource, { domain: "vision", name: "2023" });
  // Of a domain without a release until later: a model that was public may be made private.
  await inSecret((secret) => secret.score("secret-1", "g", { raw: -5, endedAt: "2024-01-01" }));
  await story()
    .domain("language")
    .model("gone", { owner: "rival" })
    .score("gone", "reading", { ceiled: 0.9, endedAt: "2022-06-01" })
    .write();
  await story()
    .also(changed("model", "name = 'gone'", { is_public: false }))
    .score("delta", "a", { ceiled: 0.1, endedAt: "2024-03-01" })
    .write();
  await inSecret((secret) => secret.model("secret-2", { isPublic: false, owner: "shadow" }).score("secret-2", "a", { ceiled: 0.71, endedAt: "2024-04-01" })); // prettier-ignore
}
