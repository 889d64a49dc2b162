import type { View } from "../../../src/board/view";
import { Model } from "../../../src/subgraphs/models/model";
import { PublicModels } from "../../../src/subgraphs/models/public-models";

const viewOf = (revision: number, viewer: View["viewer"] = null) => ({ revision: String(revision), viewer }) as View;
const OWNER = { accountPk: 1, isAdmin: false } as View["viewer"];
const named = (name: string, columns: Partial<Model> = {}): Model =>
  Object.assign(new Model(), { id: `id of ${name}`, domainPk: 1, name, layers: [], ...columns });

describe("models that a process without a board of them keeps", () => {
  it("are found by id and by name, in their own domain", () => {
    const models = new PublicModels();
    const alpha = named("alpha");
    models.keep(viewOf(1), [alpha]);
    expect(models.byId(viewOf(1), alpha.id)).toBe(alpha);
    expect(models.byName(viewOf(1), { domainPk: 1, name: "alpha" })).toBe(alpha);
    expect(models.byName(viewOf(1), { domainPk: 2, name: "alpha" })).toBeUndefined();
    expect(models.byId(viewOf(1), "alpha")).toBeUndefined();
  });

  it("are of the newest public revision only", () => {
    const models = new PublicModels();
    const [old, young] = [named("alpha"), named("alpha")];
    models.keep(viewOf(9), [old]);
    expect(models.byId(viewOf(10), old.id)).toBeUndefined();
    expect(models.byId(viewOf(9), old.id)).toBeUndefined();
    models.keep(viewOf(9), [old]);
    expect(models.byId(viewOf(10), old.id)).toBeUndefined();
    models.keep(viewOf(10), [young]);
    expect(models.byId(viewOf(10), young.id)).toBe(young);
    expect(models.byId(viewOf(9), young.id)).toBeUndefined();
  });

  it("are neither of what was read for somebody, nor for them (§10)", () => {
    const models = new PublicModels();
    const secret = named("secret", { isPublic: false });
    models.keep(viewOf(1, OWNER), [secret]);
    expect(models.byId(viewOf(1), secret.id)).toBeUndefined();
    const open = named("open");
    models.keep(viewOf(1), [open]);
    expect(models.byId(viewOf(1, OWNER), open.id)).toBeUndefined();
    expect(models.byName(viewOf(1, OWNER), open)).toBeUndefined();
    // What somebody in particular sees may be of a later number.
    models.byId(viewOf(50, OWNER), open.id);
    expect(models.byId(viewOf(1), open.id)).toBe(open);
  });

  it("have contributors that are kept as they are", () => {
    const models = new PublicModels();
    models.keepContributors(viewOf(3, OWNER), [{ pk: 7, id: "secret" }]);
    expect(models.contributorId(viewOf(3), 7)).toBeUndefined();
    models.keepContributors(viewOf(3), [{ pk: 7, id: "lab" }]);
    expect([models.contributorId(viewOf(3), 7), models.contributorId(viewOf(3, OWNER), 7)]).toEqual(["lab", undefined]);
    expect(models.contributorId(viewOf(4), 7)).toBeUndefined();
  });

  it("take no more room than they may: those that were used last stay", () => {
    const models = new PublicModels(20_000);
    const first = named("first");
    models.keep(viewOf(1), [first]);
    const others = Array.from({ length: 100 }, (_, index) =>
      named(`model ${index}`, { layers: [{ region: "V1", layer: "x".repeat(1_000) }] }),
    );
    for (const other of others) {
      models.keep(viewOf(1), [other]);
      models.byId(viewOf(1), first.id);
    }
    const kept = others.filter(({ id }) => models.byId(viewOf(1), id));
    expect(kept.length).toBeGreaterThan(3);
    expect(kept.length).toBeLessThan(20);
    expect(kept).toContain(others.at(-1));
    expect(models.byId(viewOf(1), first.id)).toBe(first);
  });
});
