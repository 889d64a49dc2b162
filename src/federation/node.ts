import "reflect-metadata";
import { Field, ID, InterfaceType } from "type-graphql";

/**
 * What has an id that `Query.node` finds (§10).
 *
 * Implementations must not register themselves: type-graphql keeps one storage for the whole process, so a field of this type would
 * pull the classes of every subgraph into one schema. A subgraph lists its own in `types`.
 */
@InterfaceType({ description: "Anything that has an id and can be fetched again by it.", autoRegisterImplementations: false })
export abstract class Node {
  @Field(() => ID, {
    description: "Opaque and stable for life: never a sequence, never reused. Fetch the same thing again with `node(id:)`.",
  })
  id!: string;
}
