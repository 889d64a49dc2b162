import { Ctx, Field, Int, ObjectType, Query, Resolver } from "type-graphql";
import type { Context } from "../../federation/context";
import type { RateLimitState } from "../../federation/rate-limit-state";
import { DateTime } from "../../federation/scalars";

/** What who asks may still ask for. */
@ObjectType({ description: "What you may still ask for, and what this very operation costs. The unit is about one object of an answer." })
export class RateLimit implements RateLimitState {
  @Field(() => Int, { description: "The cost that may be used in a minute; 2147483647 where nothing is limited." })
  limit!: number;

  @Field(() => Int, { description: "What this operation costs, as it was estimated before it was executed." })
  cost!: number;

  @Field(() => Int, { description: "What is left of this minute, this operation subtracted." })
  remaining!: number;

  @Field(() => DateTime, { description: "When all of it is there again." })
  resetAt!: Date;

  @Field(() => Int, {
    description: "The objects that this operation's answer may hold, as they were estimated. Answers of more than 50,000 are refused.",
  })
  nodeCount!: number;
}

@Resolver()
export class RateLimitQueries {
  @Query(() => RateLimit, { description: "What you may still ask for, and what this very operation costs." })
  rateLimit(@Ctx() context: Context): RateLimitState {
    return context.rateLimit();
  }
}
