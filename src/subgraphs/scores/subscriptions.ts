import { Arg, Resolver, Root, Subscription } from "type-graphql";
import type { Follower } from "../../board/rounds";
import { badInput } from "../../errors";
import type { Context } from "../../federation/context";
import { boardOf, presentBasis } from "./basis-under";
import { movedModels } from "./moved-models";
import { StandingsChange } from "./standings-change";

interface Watched {
  readonly domain: string;
  readonly benchmark?: string | null;
}

/** Begins to watch. Throws NOT_FOUND for an unknown domain or benchmark. */
function watch({ domain, benchmark }: Watched, context: Context): AsyncIterable<StandingsChange> {
  presentBasis(context.view, boardOf(context.view, domain)).nodeOrRoot(benchmark);
  return changes(context.follow(), domain, benchmark);
}

/** What everybody may see to have changed, from board to board. A domain's global root is looked up anew: it may get one. */
async function* changes(follower: Follower, domain: string, benchmark: string | null | undefined): AsyncGenerator<StandingsChange> {
  for (let step = await follower.next(); step; step = await follower.next()) {
    const tree = step.to.domain(domain)?.catalog.tree;
    const identifier = benchmark ?? tree?.identifiers[tree.roots[0]];
    const moved = identifier == null ? null : await movedModels(step, domain, identifier);
    if (moved && moved.ranked.length + moved.others.length > 0) yield new StandingsChange(step, domain, identifier!, moved);
  }
}

@Resolver()
export class ScoresSubscriptions {
  @Subscription(() => StandingsChange, {
    subscribe: ({ args, context }) => watch(args as Watched, context as Context),
    description:
      "Tells when the standings on a benchmark change for everybody: when a public model's state, value or rank there is not what it was. All that changed since the last event comes as one; private models cause none. Over WebSocket (graphql-transport-ws) or as server-sent events.",
  })
  standingsChanged(
    @Root() change: StandingsChange | undefined,
    @Arg("domain", () => String, { description: "The domain's slug." }) _domain: string,
    @Arg("benchmark", () => String, { nullable: true, description: "The benchmark's identifier. Default: the global root." })
    _benchmark: string | null,
  ): StandingsChange {
    if (!(change instanceof StandingsChange))
      throw badInput("A subscription is answered by a stream of events. Ask for it as text/event-stream, or over a WebSocket.");
    return change;
  }
}
