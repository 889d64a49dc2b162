import { describe, expect, it } from "@jest/globals";
import { buildSchema } from "graphql";
import { Admission, LOAD } from "../../../src/server/limits/admission";
import { Gate } from "../../../src/server/limits/gate";
import { zeroLimitCounts } from "../../../src/server/limits/limit-counts";
import { LIMITS } from "../../../src/server/limits/limits";
import { readWork } from "../../../src/server/limits/read-work";
import { shedding } from "../../../src/server/limits/shedding";

const SDL = "type Query { hello: String }";
const QUERY = "{ hello }";

function open() {
  const counts = zeroLimitCounts();
  const admission = new Admission(counts, { ...LOAD, waiting: 1 });
  const gate = new Gate({ schema: buildSchema(SDL), work: readWork(SDL), limits: LIMITS, admission, counts });
  gate.documents.check(QUERY);
  const shed = shedding(new Map([["/graphql", gate]]), admission);
  /** Somebody runs and somebody waits, so that nobody else has room, until `work` has ended. */
  async function whileFull(work: () => void): Promise<void> {
    const first = await admission.enter(2_000);
    const second = admission.enter(2_000);
    work();
    first();
    (await second)();
  }
  return { shed, counts, whileFull };
}

const bodyOf = (asked: unknown): Buffer => Buffer.from(JSON.stringify(asked));

describe("a request that nothing has looked at yet", () => {
  it("is sent away while there is too much to do, and only then", async () => {
    const { shed, counts, whileFull } = open();
    expect(shed("/graphql", bodyOf({ query: QUERY }), "usual")).toBeNull();
    await whileFull(() => expect(shed("/graphql", bodyOf({ query: QUERY }), "usual")).toMatchObject({ code: "UNAVAILABLE" }));
    expect(shed("/graphql", bodyOf({ query: QUERY }), "usual")).toBeNull();
    expect(counts.overloadedTotal).toBe(1);
  });

  it("is left to others where it cannot be told what it costs", async () => {
    const { shed, whileFull } = open();
    const unclear = [{ query: "{ helo }" }, { query: 1 }, [], { query: QUERY, variables: 1 }, { query: QUERY, operationName: 1 }, {}];
    await whileFull(() => {
      for (const [place, asked] of unclear.entries()) expect(shed("/graphql", bodyOf(asked), `unclear ${place}`)).toBeNull();
      expect(shed("/graphql", Buffer.from("{"), "no JSON")).toBeNull();
      expect(shed("/other", bodyOf({ query: QUERY }), "elsewhere")).toBeNull();
    });
  });

  it("is not read again to know what it costs", async () => {
    const { shed, whileFull } = open();
    await whileFull(() => {
      expect(shed("/graphql", bodyOf({ query: QUERY }), "usual")).not.toBeNull();
      expect(shed("/graphql", Buffer.from("never read"), "usual")).not.toBeNull();
      expect(shed("/graphql", Buffer.from("never read"), "another")).toBeNull();
    });
  });
});
