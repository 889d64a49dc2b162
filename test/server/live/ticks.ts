import { makeExecutableSchema } from "@graphql-tools/schema";
import type { Context } from "../../../src/federation/context";
import type { LiveEvent } from "../../../src/federation/live-event";

/** An API whose subscriptions tell every step, in texts of any size, and fail in each way. */
export const TICKS = `
  type Query { hello: String! }
  type Subscription { tick: Tick! fails: Tick! breaks: Tick! }
  type Tick { revision: String! text(length: Int = 0): String! unexpected: String viewer: String! }`;

/** How often `viewer` was computed. */
export const computed = { viewer: 0 };

async function* ticks(_: unknown, __: unknown, context: Context): AsyncGenerator<LiveEvent> {
  const follower = context.follow();
  for (let step = await follower.next(); step; step = await follower.next()) yield { step };
}

export const ticksSchema = makeExecutableSchema({
  typeDefs: TICKS,
  resolvers: {
    Query: { hello: () => "Hello" },
    Subscription: {
      tick: { subscribe: ticks, resolve: () => ({}) },
      fails: {
        subscribe: () => {
          throw new TypeError("secret detail of /srv/app.ts");
        },
      },
      breaks: {
        async *subscribe(_: unknown, __: unknown, context: Context) {
          for await (const event of ticks(_, __, context)) throw new TypeError(`secret detail ${String(event)}`);
        },
      },
    },
    Tick: {
      revision: (_: unknown, __: unknown, { view }: Context) => view.revision,
      text: (_: unknown, { length }: { length: number }) => "x".repeat(length),
      viewer(_: unknown, __: unknown, { viewer }: Context) {
        computed.viewer++;
        return viewer ? "somebody" : "anybody";
      },
      unexpected: () => {
        throw new TypeError("secret detail of /srv/app.ts");
      },
    },
  },
});
