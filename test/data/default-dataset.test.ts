import { existsSync, readFileSync } from "node:fs";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { CARD, CARD_MODEL } from "../../data/make/card";
import { makeDataset } from "../../data/make/make-dataset";
import { type Dataset } from "../../src/dataset/dataset";
import { readDataset } from "../../src/dataset/read-dataset";
import { writeDataset } from "../../src/dataset/write-dataset";
import { FAILED, NOT_RUN } from "../../src/scoring/column";
import { display } from "../../src/scoring/display";
import { type Standings } from "../../src/scoring/standings";
import { listFiles } from "./list-files";
import { standingsOf } from "./standings-of";

const FOLDER = path.resolve(__dirname, "../../data");
const SEED = path.resolve(__dirname, "../../../shared/seed/model-card.json");

let dataset: Dataset;
let standings: Standings;
let slot: number;

beforeAll(async () => {
  dataset = await readDataset(FOLDER);
  standings = standingsOf(dataset);
  slot = dataset.models.findIndex(({ name }) => name === CARD_MODEL);
});

const node = (identifier: string): number => standings.scope.tree.find(identifier);
const shown = (identifier: string): string => display(standings.state(node(identifier), slot), standings.value(node(identifier), slot));

describe("the published card", () => {
  it("has every display of the card", () => {
    expect(CARD.map(({ identifier }) => [identifier, shown(identifier)])).toEqual(CARD.map((node) => [node.identifier, node.display]));
  });

  it("has every rank of the card, 46 of 46, and none where the model failed", () => {
    const ranks = CARD.map(({ identifier }) => [identifier, standings.ranking(node(identifier)).rank(slot)]);
    expect(ranks).toEqual(CARD.map(({ identifier, rank }) => [identifier, rank]));
    expect(CARD.filter(({ rank }) => rank !== null)).toHaveLength(46);
  });

  it("counts the leaves that the card counts", () => {
    const counts = CARD.map(({ identifier }) => [identifier, standings.scope.leafCount[node(identifier)]]);
    expect(counts).toEqual(CARD.map(({ identifier, leafCount }) => [identifier, leafCount]));
  });

  it("stands in the order of the card, with its parents", () => {
    const { tree } = standings.scope;
    const listed = new Set(CARD.map(({ identifier }) => identifier));
    expect(tree.identifiers.filter((identifier) => listed.has(identifier))).toEqual(CARD.map(({ identifier }) => identifier));
    for (const { identifier, parent } of CARD) expect(tree.identifiers[tree.parent[node(identifier)]] ?? null).toBe(parent);
  });

  it("has the card's current versions, recording sites and regions, and ten samples for each leaf", () => {
    for (const { identifier, version, sites, region } of CARD) {
      const rows = dataset.versions.filter(({ benchmark }) => benchmark === identifier);
      expect(rows.map((row) => row.version)).toEqual(Array.from({ length: version ?? 0 }, (_, index) => index + 1));
      if (version !== null) expect(rows.at(-1)).toMatchObject({ sites, region });
      const samples = dataset.samples.filter((row) => row.benchmark === identifier && row.version === version);
      expect(samples.map(({ position }) => position)).toEqual(version === null ? [] : [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    }
  });

  it("cites nine works in the order of the card", () => {
    const rows = new Map(dataset.benchmarks.map((row) => [row.identifier, row]));
    const cited = standings.scope.leaves(node("average_vision")).flatMap((leaf) => {
      if (standings.state(leaf, slot) === NOT_RUN) return [];
      const keys: string[] = [];
      for (let at = leaf; at >= 0; at = standings.scope.tree.parent[at]) {
        const key = rows.get(standings.scope.tree.identifiers[at])!.reference;
        if (key) keys.unshift(key);
      }
      return keys;
    });
    expect([...new Set(cited)]).toEqual([
      "Marques2021.03.01.433495",
      "Schiller1976",
      "Freeman2013",
      "Cavanaugh2002",
      "Sanghavi_Jozwik_DiCarlo_2021",
      "Sanghavi_DiCarlo_2021",
      "Sanghavi_Murty_DiCarlo_2021",
      "Majaj13402",
      "Kar2019",
    ]);
    for (const { identifier, reference } of CARD) expect(rows.get(identifier)!.reference ?? null).toBe(reference);
  });

  it("has no score of the card's model where the card lists none", () => {
    const listed = new Set(CARD.map(({ identifier }) => identifier));
    const own = dataset.scores.filter(({ model }) => model === CARD_MODEL);
    expect(own).toHaveLength(CARD.filter(({ version }) => version !== null).length);
    expect(own.filter(({ benchmark }) => !listed.has(benchmark))).toEqual([]);
    expect(standings.state(node("behavior_vision"), slot)).toBe(NOT_RUN);
  });

  (existsSync(SEED) ? it : it.skip)("is the card of ../shared/seed (skipped where that is not there)", () => {
    const { nodes, model } = JSON.parse(readFileSync(SEED, "utf8"));
    const told = CARD.map(({ identifier, parent, display, rank, leafCount, version, reference, sites, region }) => ({
      identifier,
      parent,
      display,
      rank,
      isLeaf: version !== null,
      state: display === "X" ? "FAILED" : "SCORED",
      leafCount: version === null ? leafCount : null,
      version,
      hasReference: reference !== null,
      recordingSites: sites,
      region,
      sampleStimuli: version === null ? 0 : 10,
    }));
    expect(told).toEqual(nodes);
    expect(dataset.domain.usage!.replace("{name}", CARD_MODEL)).toBe(model.howToUse);
  });
});

describe("the population", () => {
  it("has 450 public and 30 private models, all but one named as synthetic", () => {
    expect(dataset.models.filter((model) => model.public)).toHaveLength(450);
    expect(dataset.models).toHaveLength(480);
    expect(dataset.models.filter(({ name }) => !name.startsWith("synthetic-")).map(({ name }) => name)).toEqual([CARD_MODEL]);
  });

  it("failed about 10 % of the cells and was not run on about 30 %", () => {
    const shares = [0, 0, 0];
    const leaves = standings.scope.leaves(node("average_vision"));
    for (const leaf of leaves) for (const state of standings.columns[leaf]!.states) shares[state] += 1 / (leaves.length * 480);
    expect(shares[FAILED]).toBeGreaterThan(0.08);
    expect(shares[FAILED]).toBeLessThan(0.12);
    expect(shares[NOT_RUN]).toBeGreaterThan(0.27);
    expect(shares[NOT_RUN]).toBeLessThan(0.33);
  });

  it("has a public model that failed on every node, and one that was run on none", () => {
    const { tree } = standings.scope;
    const inTree = Array.from({ length: tree.size }, (_, at) => at).filter((at) => standings.has(at));
    const isThroughout = (state: number) => (_: unknown, model: number) =>
      standings.population[model] === 1 && inTree.every((at) => standings.state(at, model) === state);
    expect(dataset.models.filter(isThroughout(FAILED))).toHaveLength(1);
    expect(dataset.models.filter(isThroughout(NOT_RUN))).toHaveLength(1);
  });

  it("has public models that share a rank on every leaf of the card", () => {
    for (const { identifier, rank, version } of CARD) {
      if (version === null || rank === null) continue;
      const ranking = standings.ranking(node(identifier));
      expect(dataset.models.some((model, at) => model.public && (ranking.tiedWith(at) ?? 0) > 0)).toBe(true);
    }
  });
});

describe("the observations", () => {
  it("ran from 2020-08 to 2026-10 and started before they ended", () => {
    const ends = dataset.scores.flatMap(({ ended_at: at }) => at ?? []).sort();
    expect(ends[0].slice(0, 7)).toBe("2020-08");
    expect(ends.at(-1)!.slice(0, 7)).toBe("2026-10");
    expect(dataset.scores.filter(({ started_at: start, ended_at: end }) => start && end && start >= end)).toEqual([]);
  });

  it("are told apart by model, benchmark, version, start and end, among those not retracted", () => {
    const keys = dataset.scores
      .filter(({ retracted_at: at }) => !at)
      .map((row) => JSON.stringify([row.model, row.benchmark, row.version, row.started_at, row.ended_at]));
    expect(new Set(keys).size).toBe(keys.length);
  });

  it("have a ceiled score that is the raw one over its version's ceiling, and no number where they failed", () => {
    const ceilings = new Map(dataset.versions.map(({ benchmark, version, ceiling }) => [`${benchmark} ${version}`, ceiling!]));
    const wrong = dataset.scores.filter(({ benchmark, version, raw, ceiled, error, failed }) => {
      if (failed || raw == null) return raw != null || ceiled != null || error != null;
      return Math.abs(raw / ceilings.get(`${benchmark} ${version}`)! - ceiled!) > 1e-7;
    });
    expect(wrong).toEqual([]);
  });

  it("reach every version, the older ones too", () => {
    const run = new Set(dataset.scores.map(({ benchmark, version }) => `${benchmark} ${version}`));
    expect(dataset.versions.filter(({ benchmark, version }) => !run.has(`${benchmark} ${version}`))).toEqual([]);
  });

  it("hold re-runs, retractions, clamped scores and unknown starts", () => {
    expect(dataset.scores.some(({ retracted_at: at }) => at)).toBe(true);
    expect(dataset.scores.some(({ ceiled }) => ceiled != null && ceiled < 0)).toBe(true);
    expect(dataset.scores.some(({ ceiled }) => ceiled != null && ceiled > 1)).toBe(true);
    expect(dataset.scores.some(({ started_at: at }) => !at)).toBe(true);
    expect(new Set(dataset.scores.map(({ model, benchmark, version }) => `${model} ${benchmark} ${version}`)).size).toBeLessThan(
      dataset.scores.length - 1000,
    );
  });
});

describe("the program", () => {
  it("makes the folder again with the same bytes", async () => {
    const fresh = await mkdtemp(path.join(tmpdir(), "scoretree-data-"));
    try {
      await writeDataset(fresh, makeDataset());
      const made = await listFiles(fresh);
      expect(made).toEqual(await listFiles(FOLDER));
      for (const file of made)
        if (!(await readFile(path.join(fresh, file))).equals(await readFile(path.join(FOLDER, file)))) throw new Error(`${file} differs.`);
    } finally {
      await rm(fresh, { recursive: true });
    }
  });

  it("draws 330 pictures, each below 3 kB", () => {
    expect(dataset.files.filter(({ content }) => content.length >= 3000)).toEqual([]);
    expect(dataset.files).toHaveLength(330);
  });
});
