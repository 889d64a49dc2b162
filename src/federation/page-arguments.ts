import "reflect-metadata";
import { ArgsType, Field, Int } from "type-graphql";

/** Rows on a page if nobody says how many. */
export const DEFAULT_PAGE = 25;

/** Rows on a page at most. */
export const LARGEST_PAGE = 100;

/** The arguments of a list that is paged forward only. */
@ArgsType()
export class ForwardPageArguments {
  @Field(() => Int, { nullable: true, description: `How many, from the beginning. From 0 to ${LARGEST_PAGE}; default ${DEFAULT_PAGE}.` })
  first?: number | null;

  @Field(() => String, { nullable: true, description: "Only what comes after this cursor." })
  after?: string | null;
}

/** The arguments of a list that is paged in both directions. */
@ArgsType()
export class PageArguments extends ForwardPageArguments {
  @Field(() => Int, { nullable: true, description: `How many, from the end. From 0 to ${LARGEST_PAGE}.` })
  last?: number | null;

  @Field(() => String, { nullable: true, description: "Only what comes before this cursor." })
  before?: string | null;
}
