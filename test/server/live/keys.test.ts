import { until } from "../../board/open-current";
import { giveKey } from "../../support/give-key";
import { seed } from "../../support/seed";
import { openLive, type OpenLive } from "./open-live";
import { TICKS, ticksSchema } from "./ticks";

let live: OpenLive;
let key: string;
beforeEach(async () => {
  live = await openLive(
    async ({ dataSource }) => {
      await seed(dataSource).domain("vision").tree("average_vision").account("lab").write();
      key = await giveKey(dataSource, "lab");
    },
    { endpoints: [{ path: "/graphql", schema: ticksSchema }], api: TICKS },
  );
});
afterEach(() => live.close());

const WHO = "subscription { tick { viewer } }";
let made = 0;
const tick = () => live.elsewhere().model(`model-${made++}`).write();

describe.each(["WebSocket", "event stream"] as const)("a subscription over a %s", (transport) => {
  it("is somebody's who sends a key, and anybody's without", async () => {
    const [somebody, anybody] = [await live.subscribe(transport, WHO, { token: key }), await live.subscribe(transport, WHO)];
    await tick();
    await until(() => somebody.events.length > 0 && anybody.events.length > 0);
    expect([somebody, anybody].map(({ events }) => events[0].data.tick.viewer)).toEqual(["somebody", "anybody"]);
  });

  it("ends at the next event once its key is revoked, and tells none of it", async () => {
    const [revoked, other] = [await live.subscribe(transport, WHO, { token: key }), await live.subscribe(transport, WHO)];
    await live.database.dataSource.query("UPDATE api_key SET revoked_at = now()");
    await tick();
    await until(() => revoked.isOver && other.events.length > 0);
    expect(revoked.events).toEqual([{ errors: [{ message: "This API key was revoked.", extensions: { code: "UNAUTHENTICATED" } }] }]);
    expect(other.isOver).toBe(false);
  });

  it("is not begun for a key that is good for nobody", async () => {
    const heard = await live.subscribe(transport, WHO, { token: "nothing" });
    await until(() => heard.isOver);
    expect(heard.events).toEqual([]);
    expect(heard.error).toMatchObject(
      transport === "WebSocket" ? { code: 4401, reason: expect.any(String) } : { response: { status: 401 } },
    );
    expect(JSON.stringify(live.log)).not.toContain("nothing");
  });
});
