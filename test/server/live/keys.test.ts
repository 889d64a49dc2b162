import { once } from "node:events";
import { WebSocket } from "ws";
import { until } from "../../board/open-current";
import { giveKey } from "../../support/give-key";
import { seed } from "../../support/seed";
import { openLive, type OpenLive } from "./open-live";
import { computed, TICKS, ticksSchema } from "./ticks";

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

  it("is computed once for all without a key who ask the same, and for each who has one (§10)", async () => {
    const subscribe = async (count: number, query: string, token?: string) => {
      const heard = [];
      for (let n = 0; n < count; n++) heard.push(await live.subscribe(transport, query, { token }));
      return heard;
    };
    const all = [...(await subscribe(4, WHO)), ...(await subscribe(2, `${WHO} # other`)), ...(await subscribe(2, WHO, key))];
    computed.viewer = 0;
    await tick();
    await until(() => all.every(({ events }) => events.length > 0));
    expect(all.map(({ events }) => events[0].data.tick.viewer)).toEqual([...Array(6).fill("anybody"), "somebody", "somebody"]);
    expect(computed.viewer).toBe(1 + 1 + 2);
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

it.each([[{ key: "st_1" }], [["Bearer"]], [7], [false], [""]])(
  "a greeting whose `authorization` is %j is nobody's",
  async (authorization) => {
    const socket = new WebSocket(`${live.url.replace("http", "ws")}/graphql`, "graphql-transport-ws");
    socket.once("open", () => socket.send(JSON.stringify({ type: "connection_init", payload: { authorization } })));
    const [code, reason] = (await once(socket, "close")) as [number, Buffer];
    expect([code, reason.toString()]).toEqual([4401, "Expected `Authorization: Bearer <API key or token>`, got something else."]);
  },
);
