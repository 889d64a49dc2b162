import type { ResultOf } from "gql.tada";
import type { treeQuery } from "./queries";

/** A node of the tree that models are compared over. */
export type CompareNode = ResultOf<typeof treeQuery>["standings"]["tree"][number];
