import fc from "fast-check";
import { snapshotAsOf } from "../../src/scoring/as-of";
import { Timeline } from "../../src/scoring/timeline";
import { type World } from "../reference/world";
import { coreFacts } from "./core-answers";
import { seed } from "./seed";
import { worlds } from "./worlds";

const ascending = fc.array(fc.integer({ min: -1, max: 8 }), { maxLength: 6 }).map((instants) => instants.toSorted((a, b) => a - b));

function timelineOf(world: World): Timeline {
  const { tree, versions, observations, isPublic } = coreFacts(world);
  return new Timeline(tree, versions, observations, isPublic);
}

test("§8 a pass says of every instant what is said of it from scratch, to the last bit, and changes no snapshot made before", () => {
  fc.assert(
    fc.property(worlds, ascending, (world, instants) => {
      const { tree, versions, observations, isPublic } = coreFacts(world);
      const passed = [...timelineOf(world).snapshots(instants)];
      expect(passed).toEqual(instants.map((instant) => snapshotAsOf(tree, versions, observations, isPublic, instant)));
    }),
    { numRuns: 300 },
  );
});

test("§8 a pass can go on from any snapshot made before", () => {
  fc.assert(
    fc.property(worlds, fc.integer({ min: -1, max: 8 }), fc.nat(4), (world, instant, later) => {
      const timeline = timelineOf(world);
      const middle = timeline.advance(timeline.start, instant);
      expect(timeline.advance(middle, instant + later)).toEqual(timeline.advance(timeline.start, instant + later));
    }),
  );
});

const story = seed()
  .tree({ all: { a: {}, b: {} } })
  .models("m", "n", "unmeasured")
  .outsiders("private")
  .score("m", "a", { ceiled: 0.1, endedAt: 10 })
  .score("n", "b", { ceiled: 0.2, endedAt: 20 })
  .score("private", "a", { ceiled: 0.3, endedAt: 30 })
  .score("unmeasured", "a", { ceiled: 0.3, endedAt: null })
  .score("m", "a", { ceiled: 0.4, endedAt: 40, retracted: true });

test("what did not change between two snapshots is shared", () => {
  const timeline = timelineOf(story.world());
  const [at10, at20, at25, at30] = [...timeline.snapshots([10, 20, 25, 30])];
  expect(at20.columns[1]).toBe(at10.columns[1]);
  expect(at25.columns[2]).toBe(at20.columns[2]);
  expect([at25.currentVersion, at25.population]).toEqual([at20.currentVersion, at20.population]);
  expect(at30.population).toBe(at20.population);
  expect(at30.currentVersion).toBe(at20.currentVersion);
  expect(at30.columns[1]).not.toBe(at20.columns[1]);
});

test("§8 a trend begins with the model's first observation and ends with the newest public one, retractions and unknown ends aside", () => {
  const timeline = timelineOf(story.world());
  expect([0, 1, 2, 3].map((model) => timeline.firstEnd(model))).toEqual([10, 20, null, 30]);
  expect(timeline.newestEnd).toBe(20);
  expect(timelineOf(seed().tree({ a: {} }).world()).newestEnd).toBeNull();
});

test("a timeline does not go back", () => {
  const timeline = timelineOf(story.world());
  expect(() => [...timeline.snapshots([10, 9])]).toThrow("goes forward");
});
