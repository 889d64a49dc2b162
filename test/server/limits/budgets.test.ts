import { Budgets } from "../../../src/server/limits/budgets";
import { clientAddress } from "../../../src/server/limits/client-address";
import { zeroLimitCounts } from "../../../src/server/limits/limit-counts";

const from = (remoteAddress: string, forwarded?: string) =>
  ({ socket: { remoteAddress }, headers: forwarded === undefined ? {} : { "x-forwarded-for": forwarded } }) as never;

describe("a budget", () => {
  const counts = zeroLimitCounts();
  let now = 1_000_000;
  const budgets = new Budgets({ rates: { byAddress: 100, byAccount: 1_000 }, counts, now: () => now, wall: () => now + 7 });
  const account = { accountPk: 7, isAdmin: false };
  const asker = budgets.of(from("192.0.2.1"), null);

  it("may be used up to the last, and no further until its minute has passed", () => {
    asker.take(60);
    expect(asker.headers()).toEqual([
      ["ratelimit-policy", `"address";q=100;w=60`],
      ["ratelimit", `"address";r=40;t=60`],
    ]);
    now += 30_500;
    expect(() => asker.take(41)).toThrow(
      expect.objectContaining({
        code: "RATE_LIMITED",
        extensions: { code: "RATE_LIMITED", limit: 100, remaining: 40, cost: 41, retryAfter: 30 },
      }),
    );
    asker.take(40);
    expect(() => asker.take(1)).toThrow("0 of 100 a minute are left");
    expect(counts.rateLimitedTotal).toBe(2);
    now += 29_499;
    expect(() => asker.take(1)).toThrow();
    now += 1;
    asker.take(100);
    expect(asker.state({ nodes: 3, cost: 9 })).toEqual({
      limit: 100,
      cost: 9,
      remaining: 0,
      nodeCount: 3,
      resetAt: new Date(now + 60_007),
    });
  });

  it("is of one address, and of one account wherever it is", () => {
    now += 60_000;
    asker.take(100);
    budgets.of(from("192.0.2.2"), null).take(100);
    budgets.of(from("192.0.2.1"), account).take(600);
    expect(() => budgets.of(from("192.0.2.9"), account).take(401)).toThrow("400 of 1000");
    expect(budgets.of(from("192.0.2.9"), account).headers()[1]).toEqual(["ratelimit", `"account";r=400;t=60`]);
    expect(() => budgets.noteFailure(from("192.0.2.2"))).toThrow("0 of 100");
  });

  it("is counted by a clock that nobody can set", () => {
    const clock = jest.spyOn(Date, "now").mockReturnValue(1_000);
    const real = new Budgets({ rates: { byAddress: 1, byAccount: null }, counts }).of(from("192.0.2.1"), null);
    real.take(1);
    clock.mockReturnValue(3_600_000);
    expect(() => real.take(1)).toThrow("0 of 1");
    expect(real.state({ nodes: 1, cost: 1 }).resetAt.getTime()).toBeGreaterThan(3_600_000);
    clock.mockReturnValue(0);
    expect(real.state({ nodes: 1, cost: 1 }).resetAt.getTime()).toBeLessThanOrEqual(60_000);
    clock.mockRestore();
  });

  it("is without bounds where none is set, and says nothing in headers", () => {
    const free = new Budgets({ rates: { byAddress: null, byAccount: null }, counts }).of(from("192.0.2.1"), null);
    free.take(1e9);
    expect(free.headers()).toEqual([]);
    expect(free.state({ nodes: 1, cost: 1 })).toMatchObject({ limit: 2_147_483_647, remaining: 2_147_483_647 });
  });
});

describe("who a request is from", () => {
  it("is whoever is at the other end, whatever headers say", () => {
    expect(clientAddress([])(from("192.0.2.1", "198.51.100.7"))).toBe("192.0.2.1");
    expect(clientAddress([])(from("::ffff:192.0.2.1"))).toBe("192.0.2.1");
  });

  it("is who the trusted proxies say, as far as they are trusted", () => {
    const addressOf = clientAddress(["10.0.0.0/8", "loopback"]);
    expect(addressOf(from("10.0.0.1", "198.51.100.7"))).toBe("198.51.100.7");
    expect(addressOf(from("10.0.0.1", "203.0.113.9, 198.51.100.7, 10.9.9.9"))).toBe("198.51.100.7");
    expect(addressOf(from("192.0.2.1", "198.51.100.7"))).toBe("192.0.2.1");
  });

  it("is the network of one customer where addresses are of version 6", () => {
    const addressOf = clientAddress([]);
    expect(addressOf(from("2001:db8:1:2:3:4:5:6"))).toBe("2001:db8:1:2::/64");
    expect(addressOf(from("2001:db8:1:2:ffff::1"))).toBe("2001:db8:1:2::/64");
    expect(addressOf(from("2001:db8::1"))).toBe("2001:db8:0:0::/64");
    expect(addressOf(from("::1"))).toBe("0:0:0:0::/64");
    expect(addressOf(from("fe80::1%eth0"))).toBe("fe80:0:0:0::/64");
  });
});
