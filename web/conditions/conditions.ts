import type { graphql } from "../graph/graphql";

/** Values, ranks and statistics are computed under these: the API's `Conditions`. */
export type Conditions = NonNullable<ReturnType<typeof graphql.scalar<"Conditions">>>;
