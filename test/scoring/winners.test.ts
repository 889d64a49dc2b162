import { Tree } from "../../src/scoring/tree";
import { leafColumns } from "../../src/scoring/winners";
import { type WorldObservation } from "../reference/world";
import { BOTH } from "./both";
import { observationsOf } from "./observations-of";
import { seed, type Seed } from "./seed";

const story = (): Seed =>
  seed()
    .tree({ all: { leaf: {} } })
    .models("m");
const rawStory = (): Seed => story().benchmark("all", { isRaw: true });

describe.each(BOTH)("%s", (_, answers) => {
  /** The observations, and which of them wins, in whatever order they stand. */
  const wins = (told: Seed, expected: number, observations: Partial<WorldObservation>[]): void => {
    const orders = observations.length === 2 ? [[0, 1], [1, 0]] : [[0, 1, 2], [2, 1, 0], [1, 2, 0]]; // prettier-ignore
    for (const order of orders) {
      const world = { ...told.world(), observations: [] as WorldObservation[] };
      const blank = { model: "m", benchmark: "leaf", version: 1, raw: null, ceiled: null, error: null, failed: false };
      for (const i of order) world.observations.push({ ...blank, startedAt: null, endedAt: i, retracted: false, ...observations[i] });
      expect(order[answers(world).winner("m", "leaf")!]).toBe(expected);
    }
  };

  test("§2.1 a retracted observation does not count", () => {
    const told = story().score("m", "leaf", 0.4).score("m", "leaf", { raw: 0.9, ceiled: 0.9, retracted: true });
    expect(answers(told.world()).value("m", "leaf")).toBe(0.4);
  });

  test("§2.1 a leaf whose only observation is retracted is NOT_RUN", () => {
    expect(answers(story().score("m", "leaf", { ceiled: 0.9, retracted: true }).world()).state("m", "leaf")).toBe("NOT_RUN");
  });

  test("§2.2 the number is the ceiled score", () => {
    expect(answers(story().score("m", "leaf", { raw: 0.3, ceiled: 0.6 }).world()).value("m", "leaf")).toBe(0.6);
  });

  test("§2.2 the number is the raw score under a raw root", () => {
    expect(answers(rawStory().score("m", "leaf", { raw: 0.3, ceiled: 0.6 }).world()).value("m", "leaf")).toBe(0.3);
  });

  test("§2.2 a number beats a failure, whenever that was", () => wins(story(), 0, [{ ceiled: 0.1 }, { failed: true }]));
  test("§2.2 a failure beats an observation with neither", () => wins(story(), 0, [{ failed: true }, { raw: 0.9 }]));
  test("§2.2 a ceiled score is no number under a raw root", () => wins(rawStory(), 0, [{ failed: true }, { ceiled: 0.9 }]));
  test("§2.2 the highest raw score wins, not the highest ceiled one", () =>
    wins(story(), 0, [
      { raw: 0.5, ceiled: 0.1 },
      { raw: 0.4, ceiled: 0.9 },
      { raw: -1, ceiled: 1 },
    ]));
  test("§2.2 an unknown raw score is below any", () => wins(story(), 0, [{ raw: -9, ceiled: 0.1 }, { ceiled: 0.9 }]));
  test("§2.2 of equal raw scores the later end wins", () =>
    wins(story(), 1, [
      { raw: 0.5, ceiled: 0.9, endedAt: 10, startedAt: 9 },
      { raw: 0.5, ceiled: 0.1, endedAt: 11, startedAt: 1 },
    ]));
  test("§2.2 an unknown end is the earliest", () =>
    wins(story(), 1, [
      { raw: 0.5, ceiled: 0.9, endedAt: null, startedAt: 99 },
      { raw: 0.5, ceiled: 0.1, endedAt: -5 },
    ]));
  test("§2.2 of equal ends the later start wins, an unknown one being the earliest", () =>
    wins(story(), 1, [
      { raw: 0.5, ceiled: 0.9, endedAt: 10, startedAt: 3 },
      { raw: 0.5, ceiled: 0.1, endedAt: 10, startedAt: 4 },
      { raw: 0.5, ceiled: 0.5, endedAt: 10 },
    ]));
  test("§2.2 of several failures the later end wins", () =>
    wins(story(), 1, [
      { failed: true, endedAt: 1 },
      { failed: true, endedAt: 2 },
    ]));

  test.each([
    ["below 0", -0.3, 0],
    ["within", 0.25, 0.25],
    ["above 1", 1.313352352676623, 1],
  ])("§2.3 a ceiled score %s is held within [0, 1]", (_, ceiled, value) => {
    expect(answers(story().score("m", "leaf", ceiled).world()).value("m", "leaf")).toBe(value);
  });

  test.each([-0.3, 1.3, 250])("§2.3 a raw score is not held: %d", (raw) => {
    expect(answers(rawStory().score("m", "leaf", raw).world()).value("m", "leaf")).toBe(raw);
  });

  test("§2.3 zero is a value", () => {
    const told = answers(story().score("m", "leaf", 0).world());
    expect([told.state("m", "leaf"), told.value("m", "leaf")]).toEqual(["SCORED", 0]);
  });

  test("§2.3 a value is never −0", () => {
    expect(answers(rawStory().score("m", "leaf", -0).world()).value("m", "leaf")).toBe(0);
    expect(answers(story().score("m", "leaf", -0).world()).value("m", "leaf")).toBe(0);
  });

  test("§2.3 a failed winner makes the cell FAILED, without value and error", () => {
    const told = answers(story().score("m", "leaf", "failed").world());
    expect([told.state("m", "leaf"), told.value("m", "leaf"), told.error("m", "leaf")]).toEqual(["FAILED", null, null]);
  });

  test("§2.3 a winner with neither number nor failure makes the cell NOT_RUN", () => {
    const told = answers(story().score("m", "leaf", { raw: 0.7 }).world());
    expect([told.state("m", "leaf"), told.winner("m", "leaf")]).toEqual(["NOT_RUN", 0]);
  });

  test("§2.3 a model without observations is NOT_RUN", () => {
    expect([answers(story().world()).state("m", "leaf"), answers(story().world()).winner("m", "leaf")]).toEqual(["NOT_RUN", null]);
  });

  test("§2.4 clamping leaves the error", () => {
    const told = answers(story().score("m", "leaf", { raw: 1, ceiled: 1.4, error: 0.05 }).world());
    expect([told.value("m", "leaf"), told.error("m", "leaf")]).toEqual([1, 0.05]);
  });

  test("§2.4 the error is the winner's, none if it has none", () => {
    const told = story().score("m", "leaf", { raw: 0.1, ceiled: 0.1, error: 0.05 }).score("m", "leaf", { raw: 0.2, ceiled: 0.2 });
    expect(answers(told.world()).error("m", "leaf")).toBeNull();
  });

  test("§2.5 a score on an old version never counts for the current one", () => {
    const told = story().versions("leaf", 1, 3, 2).score("m", "leaf", { ceiled: 0.9, version: 2 });
    expect(answers(told.world()).state("m", "leaf")).toBe("NOT_RUN");
    expect(answers(told.score("m", "leaf", { ceiled: 0.2, version: 3 }).world()).value("m", "leaf")).toBe(0.2);
  });

  test("§8 only what had ended by the instant counts, and what ended at it", () => {
    const told = story()
      .score("m", "leaf", { raw: 0.1, ceiled: 0.1, endedAt: 100 })
      .score("m", "leaf", { raw: 0.2, ceiled: 0.2, endedAt: 200 });
    const at = (asOf: number): number | null => answers(told.under({ asOf }).world()).value("m", "leaf");
    expect([at(99), at(100), at(199), at(200)]).toEqual([null, 0.1, 0.1, 0.2]);
  });

  test("§8 an observation of unknown end counts now and as of no instant", () => {
    const told = story().score("m", "leaf", { ceiled: 0.1, endedAt: null });
    expect(answers(told.world()).value("m", "leaf")).toBe(0.1);
    expect(answers(told.under({ asOf: 8.64e15 }).world()).value("m", "leaf")).toBeNull();
  });
});

test("§2 there are columns of leaves with a current version only", () => {
  const world = seed().tree({ all: { run: {}, unversioned: {} } }).models("m").score("m", "run", 1).world(); // prettier-ignore
  const tree = new Tree(world.benchmarks);
  const { columns, winners } = leafColumns(tree, observationsOf(world, tree), 1, Int32Array.of(0, 1, 0));
  expect(columns.map((column) => column !== null)).toEqual([false, true, false]);
  expect(winners.map((winner) => winner && [...winner])).toEqual([null, [0], null]);
  expect(columns[1]!.errors).toBeNull();
});
