import type { FieldNode, GraphQLField, GraphQLObjectType, GraphQLResolveInfo, GraphQLSchema } from "graphql";
import type { Fragments } from "./planner";
import { Unplanned } from "./plan";
import type { Run } from "./run";

/** What resolvers are told of their field: one for all places in the answer where the field stands. */
export class FieldInfo implements GraphQLResolveInfo {
  readonly fieldName: string;
  readonly returnType: GraphQLResolveInfo["returnType"];
  readonly rootValue: unknown;
  readonly operation: GraphQLResolveInfo["operation"];
  readonly variableValues: GraphQLResolveInfo["variableValues"];

  constructor(
    { name, type }: GraphQLField<unknown, unknown>,
    readonly fieldNodes: readonly FieldNode[],
    readonly parentType: GraphQLObjectType,
    readonly schema: GraphQLSchema,
    readonly fragments: Fragments,
    run: Run,
  ) {
    this.fieldName = name;
    this.returnType = type;
    this.rootValue = run.rootValue;
    this.operation = run.operation;
    this.variableValues = run.variables as Record<string, unknown>;
  }

  /** Where it stands is known to graphql-js alone. */
  get path(): never {
    throw new Unplanned("A resolver asks where in the answer its field stands.");
  }
  /** Of later versions of graphql-js, which type definitions of other packages bring in already. */
  getAbortSignal(): never {
    throw new Unplanned("A resolver asks for the signal of graphql-js.");
  }

  getAsyncHelpers(): never {
    throw new Unplanned("A resolver asks for the helpers of graphql-js.");
  }
}
