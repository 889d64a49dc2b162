import { Ranking } from "../../src/scoring/ranking";
import { BOTH } from "./both";
import { seed, type Seed } from "./seed";

const story = (): Seed => seed().tree({ leaf: {} }).models("a", "b", "c", "d", "e").outsiders("outsider");
const with_ = (ceiled: number, error: number) => ({ raw: ceiled, ceiled, error });

describe.each(BOTH)("%s", (_, answers) => {
  const ranks = (told: Seed): (number | null)[] => {
    const world = told.world();
    const { rank } = answers(world);
    return world.models.map(({ name }) => rank(name, "leaf"));
  };

  test("§5 ranks equal values equally and skips after them: 1, 2, 2, 4", () => {
    expect(ranks(story().scores("leaf", { a: 0.9, b: 0.7, c: 0.7, d: 0.1 }))).toEqual([1, 2, 2, 4, null, null]);
  });

  test("§5 values equal to three decimals rank equal", () => {
    expect(ranks(story().scores("leaf", { a: 0.5004, b: 0.4996, c: 0.4994, d: 0.5005 }))).toEqual([2, 2, 4, 1, null, null]);
  });

  test.each([
    [2, [1, 1, 3]],
    [3, [1, 2, 3]],
    [0, [1, 1, 1]],
    [null, [1, 2, 3]],
  ])("§5 compares by the node's rankDecimals: %p", (rankDecimals, expected) => {
    const told = story().benchmark("leaf", { rankDecimals }).scores("leaf", { a: 0.129, b: 0.128, c: 0.124 });
    expect(ranks(told).slice(0, 3)).toEqual(expected);
  });

  test("§5 null compares exactly", () => {
    const told = story()
      .benchmark("leaf", { rankDecimals: null })
      .scores("leaf", { a: 0.1, b: 0.1 + 1e-16, c: 0.2 });
    expect(ranks(told).slice(0, 3)).toEqual([3, 2, 1]);
  });

  test("§5 a value on a rounding edge ranks as it shows", () => {
    expect(ranks(story().scores("leaf", { a: 0.547, b: (0.345 + 0.814 + 0.4805) / 3 })).slice(0, 2)).toEqual([1, 1]);
  });

  test("§5 FAILED and NOT_RUN have no rank and push nobody down", () => {
    const told = story().benchmark("leaf", { isRaw: true }).scores("leaf", { a: "failed", b: -3 });
    const { tiedWith, percentile, interval } = answers(told.world());
    expect(ranks(told)).toEqual([null, 1, null, null, null, null]);
    for (const model of ["a", "c"]) {
      expect([tiedWith(model, "leaf"), percentile(model, "leaf"), interval(model, "leaf", 0.95)]).toEqual([null, null, null]);
    }
  });

  test("§5 a model outside the population ranks as if it joined, and changes nobody's rank", () => {
    const told = story().scores("leaf", { a: 0.9, b: 0.5, c: 0.5, d: 0.1, outsider: 0.5 });
    const { tiedWith, percentile, leaderboard, statistics } = answers(told.world());
    expect(ranks(told)).toEqual([1, 2, 2, 4, null, 2]);
    expect([tiedWith("outsider", "leaf"), tiedWith("b", "leaf"), tiedWith("a", "leaf")]).toEqual([2, 1, 0]);
    expect([percentile("outsider", "leaf"), percentile("b", "leaf")]).toEqual([1 / 4, 1 / 3]);
    expect(leaderboard("leaf")).toEqual(["a", "b", "c", "d"]);
    expect(statistics("leaf")).toMatchObject({ count: 4, notRun: 1 });
  });

  test("§5 the leaderboard: by rank, then exact value, then name; FAILED by name; NOT_RUN left out", () => {
    const told = seed()
      .tree({ leaf: {} })
      .models("ﬁ", "😀", "zeta", "beta", "Beta", "failed b", "failed a", "absent")
      .scores("leaf", { zeta: 0.5001, beta: 0.5, Beta: 0.5, "😀": 0.2, ﬁ: 0.2, "failed b": "failed", "failed a": "failed" });
    expect(answers(told.world()).leaderboard("leaf")).toEqual(["zeta", "Beta", "beta", "ﬁ", "😀", "failed a", "failed b"]);
  });

  test("§5 percentile is the share of the other scored models that rank strictly worse", () => {
    const { percentile } = answers(story().scores("leaf", { a: 0.9, b: 0.5, c: 0.5, d: 0.1, e: "failed" }).world());
    expect(["a", "b", "d"].map((model) => percentile(model, "leaf"))).toEqual([1, 1 / 3, 0]);
  });

  test("§5 percentile is null where there is no other scored model", () => {
    expect(answers(story().scores("leaf", { a: 0.9, b: "failed" }).world()).percentile("a", "leaf")).toBeNull();
    expect(answers(story().scores("leaf", { outsider: 0.9 }).world()).percentile("outsider", "leaf")).toBeNull();
  });

  test("§5 rank interval: who is surely above, and who may be", () => {
    // 95 % intervals: a .904–.996, b .602–.798, c .502–.698, d .1 exactly.
    const told = story().scores("leaf", { a: with_(0.95, 0.0234), b: with_(0.7, 0.05), c: with_(0.6, 0.05), d: 0.1 });
    const { interval } = answers(told.world());
    expect(["a", "b", "c", "d"].map((model) => interval(model, "leaf", 0.95))).toEqual([
      { best: 1, worst: 1 },
      { best: 2, worst: 3 },
      { best: 2, worst: 3 },
      { best: 4, worst: 4 },
    ]);
  });

  test("§5 a lower confidence makes rank intervals narrower", () => {
    const { interval } = answers(
      story()
        .scores("leaf", { b: with_(0.7, 0.05), c: with_(0.6, 0.05) })
        .world(),
    );
    expect([interval("b", "leaf", 0.5), interval("b", "leaf", 0.95)]).toEqual([
      { best: 1, worst: 1 },
      { best: 1, worst: 2 },
    ]);
  });

  test("§5 the ends of rank intervals are rounded as values are", () => {
    const { interval } = answers(story().scores("leaf", { a: 0.5004, b: 0.4996 }).world());
    expect(interval("b", "leaf", 0.95)).toEqual({ best: 1, worst: 1 });
  });

  test("§5 a wide interval does not count itself, in the population or outside it", () => {
    const told = story().scores("leaf", { a: with_(0.5, 0.2), outsider: with_(0.5, 0.2) });
    const { interval } = answers(told.world());
    expect([interval("a", "leaf", 0.95), interval("outsider", "leaf", 0.95)]).toEqual([
      { best: 1, worst: 1 },
      { best: 1, worst: 2 },
    ]);
  });

  test("§6 `best` are the models of rank 1", () => {
    const told = story().scores("leaf", { c: 0.7004, b: 0.7, a: 0.7, d: 0.6, outsider: 0.9 });
    expect(answers(told.world()).best("leaf")).toEqual(["c", "a", "b"]);
    expect(answers(story().scores("leaf", { a: "failed" }).world()).best("leaf")).toEqual([]);
  });
});

const column = { values: Float64Array.of(0.9, 0.5), states: Uint8Array.of(2, 2), errors: null };

test.each([0, 1, -0.5, 2, NaN])("§5 an interval of confidence %d is refused", (confidence) => {
  expect(() => new Ranking(column, Uint8Array.of(1, 1), 3).interval(0, confidence)).toThrow("A confidence is above 0 and below 1");
});

test("§5 an interval can be asked at the confidences nearest 0 and 1, in turn", () => {
  const wide = { ...column, errors: Float64Array.of(0.1, 0.1) };
  const ranking = new Ranking(wide, Uint8Array.of(1, 1), 3);
  const nearlyOne = 1 - Number.EPSILON / 2;
  expect(ranking.interval(0, nearlyOne)).toEqual({ best: 1, worst: 2 });
  expect(ranking.interval(0, Number.MIN_VALUE)).toEqual({ best: 1, worst: 1 });
  expect(ranking.interval(0, nearlyOne)).toEqual({ best: 1, worst: 2 });
  expect(ranking.interval(0)).toEqual({ best: 1, worst: 1 });
});

test("a ranking refuses a population of another length", () => {
  expect(() => new Ranking(column, Uint8Array.of(1), 3)).toThrow("one entry a model");
});
