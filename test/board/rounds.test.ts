import { setTimeout as pause } from "node:timers/promises";
import type { Board } from "../../src/board/board";
import { type Follower, type FollowOptions, Rounds } from "../../src/board/rounds";

/** As much of a board as rounds look at. `raw`: what is measured, which boards may share. */
const board = (publicRevision: number, raw = new Float64Array(1)): Board => {
  const standings = () => ({ columns: [], winners: [], modelCount: 0 });
  const domain = { catalog: { domain: { pk: 1 } }, observations: { raw, length: raw.length }, standings, models: [], knownTimeline: null };
  return { catalog: { ledger: { publicRevision } }, domains: [domain] } as unknown as Board;
};

function follow(rounds: Rounds, options: Partial<FollowOptions> = {}) {
  const gone = new AbortController();
  return { follower: rounds.follow({ signal: gone.signal, ...options }), gone };
}

const revisionsOf = async (follower: Follower): Promise<[number, number] | null> => {
  const step = await follower.next();
  return step && [step.from.catalog.ledger.publicRevision, step.to.catalog.ledger.publicRevision];
};

/** True if a promise is not settled after a while. */
const waits = (promise: Promise<unknown>) => Promise.race([promise.then(() => false), pause(30, true)]);

describe("a follower", () => {
  it("goes from the board that it knows to the newest", async () => {
    const rounds = new Rounds(board(1));
    const { follower } = follow(rounds);
    const next = revisionsOf(follower);
    expect(await waits(next)).toBe(true);
    rounds.offer(board(2));
    expect(await next).toEqual([1, 2]);
  });

  it("has one step for all that came while it was busy, and nothing is queued", async () => {
    const rounds = new Rounds(board(1));
    const { follower } = follow(rounds);
    rounds.offer(board(2));
    expect(await revisionsOf(follower)).toEqual([1, 2]);
    for (let n = 3; n <= 9; n++) rounds.offer(board(n));
    expect(await revisionsOf(follower)).toEqual([2, 9]);
    expect(await waits(follower.next())).toBe(true);
  });

  it("hears nothing of boards on which nothing is new for everybody, nor later of what is (§10)", async () => {
    const rounds = new Rounds(board(1));
    const { follower } = follow(rounds);
    const next = revisionsOf(follower);
    for (let n = 0; n < 5; n++) rounds.offer(board(1));
    expect(await waits(next)).toBe(true);
    rounds.offer(board(2));
    expect(await waits(next)).toBe(false);
  });

  it("has its turn when the one before it is done, and then goes to the newest", async () => {
    const rounds = new Rounds(board(1));
    let free = (): void => undefined;
    const turn = () => new Promise<() => void>((resolve) => (free = () => resolve(() => undefined)));
    const { follower } = follow(rounds, { turn });
    const next = revisionsOf(follower);
    rounds.offer(board(2));
    expect(await waits(next)).toBe(true);
    rounds.offer(board(3));
    await pause(250);
    free();
    expect(await next).toEqual([1, 3]);
  });

  it("says that it is done with a step when it asks for the next one, and when it ends", async () => {
    const rounds = new Rounds(board(1));
    let done = 0;
    const { follower, gone } = follow(rounds, { turn: async () => () => void done++ });
    rounds.offer(board(2));
    await follower.next();
    expect(done).toBe(0);
    const next = follower.next();
    expect(done).toBe(1);
    rounds.offer(board(3));
    await next;
    gone.abort();
    expect(done).toBe(2);
  });

  it("ends when it is told to, also while it waits, and is forgotten", async () => {
    const rounds = new Rounds(board(1));
    const { follower, gone } = follow(rounds);
    const next = follower.next();
    gone.abort();
    expect(await next).toBeNull();
    expect(await follower.next()).toBeNull();
    expect(rounds.count).toBe(0);
  });

  it("gives its turn back if it ends while it waits for it", async () => {
    const rounds = new Rounds(board(1));
    let [done, free] = [0, (): void => undefined];
    const turn = () => new Promise<() => void>((resolve) => (free = () => resolve(() => void done++)));
    const { follower, gone } = follow(rounds, { turn });
    const next = follower.next();
    rounds.offer(board(2));
    await waits(next);
    gone.abort();
    free();
    expect([await next, done]).toEqual([null, 1]);
  });

  it("is lost when it knows a board that would be one too many to keep, but never for the one before the newest", async () => {
    const [own, most] = [() => new Float64Array(100_000), { boards: 50, bytes: 1_000_000 }];
    const rounds = new Rounds(board(1, own()), most);
    const lost: string[] = [];
    const busy = follow(rounds, { onLost: () => lost.push("busy") });
    const ready = follow(rounds, { onLost: () => lost.push("ready") });
    rounds.offer(board(2, own()));
    await ready.follower.next();
    expect(lost).toEqual([]);
    rounds.offer(board(3, own()));
    await ready.follower.next();
    expect(lost).toEqual(["busy"]);
    busy.gone.abort();
    rounds.offer(board(4, own()));
    await ready.follower.next();
    expect(lost).toEqual(["busy"]);
  });

  it("is not lost for boards that share what they hold, however much that is, but for one too many of them", async () => {
    const shared = new Float64Array(1_000_000);
    const rounds = new Rounds(board(1, shared), { boards: 3, bytes: 1_000_000 });
    let lost = 0;
    const followers = [0, 1, 2, 3].map(() => follow(rounds, { onLost: () => void lost++ }));
    for (const [place, { follower }] of followers.entries()) {
      expect(lost).toBe(0);
      rounds.offer(board(place + 2, shared));
      await pause(210);
      await follower.next();
    }
    expect(lost).toBe(1);
  });
});
