import type { World, WorldBenchmark, WorldObservation } from "../../test/reference/world";
import { appendFacts } from "../../src/database/append-facts";
import { idOf } from "../../src/database/identify";
import type { Database } from "../../src/federation/context";
import { mintKey } from "../../src/subgraphs/submissions/accounts/key-text";

/** The domain whose every number is checked. */
export const DOMAIN = "checked";

const node = (identifier: string, parent: string | null, order: number): WorldBenchmark => ({
  ...{ identifier, parent, order, isVisible: true, isRaw: false, rootPosition: parent === null ? 0 : null, rankDecimals: 3 },
});

/** Its tree: parents with children of both kinds. */
export const BENCHMARKS: readonly WorldBenchmark[] = [
  node("average", null, 0),
  ...[node("A", "average", 0), node("a1", "A", 0), node("a2", "A", 1), node("a3", "A", 2)],
  ...[node("B", "average", 1), node("b1", "B", 0), node("B2", "B", 1), node("b2", "B2", 0), node("b3", "B2", 1)],
  node("c", "average", 2),
];

export const LEAVES: readonly string[] = ["a1", "a2", "a3", "b1", "b2", "b3", "c"];

export const MODELS: readonly string[] = Array.from({ length: 16 }, (_, place) => `model-${place}`);

/** Conditions that its standings are asked for under, as the API and as the reference take them. */
export const CONDITIONS: readonly { readonly under: object | null; readonly world: Partial<World> }[] = [
  { under: null, world: {} },
  { under: { missing: "SKIP_NOT_RUN" }, world: { missing: "SKIP_NOT_RUN" } },
  { under: { weights: [{ benchmark: "B", weight: 2.5 }] }, world: { weights: { B: 2.5 } } },
  { under: { among: { names: MODELS.slice(3, 12) } }, world: { among: MODELS.slice(3, 12) } },
  { under: { only: { below: ["B"] } }, world: { only: ["b1", "b2", "b3"] } },
];

/** What the reference is asked about: the world with these runs, under conditions. */
export const worldOf = (observations: readonly WorldObservation[], conditions: Partial<World>): World => ({
  ...{ benchmarks: BENCHMARKS, versions: LEAVES.map((benchmark) => ({ benchmark, number: 1 })) },
  ...{ models: MODELS.map((name) => ({ name, isPublic: true })), observations },
  ...{ among: null, only: null, weights: {}, missing: "ZERO", asOf: null, ...conditions },
});

/** Writes the domain without any run, and gives back a key of the account that its models belong to. */
export async function writeCheckedWorld(dataSource: Database): Promise<string> {
  const { text, prefix, hash } = mintKey();
  await appendFacts(dataSource, { source: "bench" }, async ({ idKey, add, query }) => {
    const [domain] = await add("domain", [{ id: idOf(idKey, "Domain", DOMAIN), slug: DOMAIN, name: "Checked" }]);
    const ids = { id: idOf(idKey, "Account", "checker"), contributor_id: idOf(idKey, "Contributor", "checker") };
    const [account] = await add("account", [{ ...ids, key: "checker" }]);
    await query(`INSERT INTO api_key (id, account_pk, name, prefix, hash) VALUES ($1, $2, 'bench', $1, $3)`, [prefix, account, hash]);
    const pks = new Map<string, number>();
    for (const { identifier, parent, order, rootPosition, isVisible, isRaw, rankDecimals } of BENCHMARKS) {
      const row = { id: idOf(idKey, "Benchmark", DOMAIN, identifier), domain_pk: domain, identifier, order, root_position: rootPosition };
      const shown = { is_visible: isVisible, is_raw: isRaw, rank_decimals: rankDecimals };
      const [pk] = await add("benchmark", [{ ...row, ...shown, parent_pk: parent === null ? null : pks.get(parent)! }]);
      pks.set(identifier, pk);
    }
    const versions = LEAVES.map((leaf) => ({
      id: idOf(idKey, "BenchmarkVersion", DOMAIN, leaf, 1),
      benchmark_pk: pks.get(leaf)!,
      number: 1,
    }));
    await add("benchmark_version", versions);
    const models = MODELS.map((name) => ({
      id: idOf(idKey, "Model", DOMAIN, name),
      domain_pk: domain,
      name,
      is_public: true,
      owner_pk: account,
    }));
    await add("model", models);
  });
  return text;
}
