import type { RequiresSelection } from "@graphql-hive/router-query-planner";
import type { GraphQLSchema } from "graphql";
import type { PartsOfWay } from "./kept-parts";
import { type Found, representationOf, type Thing } from "./representations";

/** An object that is asked about. */
export interface Asked extends Found {
  /** What the subgraph is told of it, as text. */
  readonly text: string;
  readonly representation: Thing;
  /** What is kept of it; it need not be asked about. */
  readonly kept: Thing | undefined;
}

/** The objects that can be asked about: those without a whole key are left out. */
export function askedOf(
  schema: GraphQLSchema,
  requires: readonly RequiresSelection[],
  found: readonly Found[],
  parts: PartsOfWay | null,
): Asked[] {
  return found.flatMap(({ thing, place }) => {
    const representation = representationOf(schema, requires, thing);
    if (!representation) return [];
    const text = JSON.stringify(representation);
    return [{ thing, place, representation, text, kept: parts?.find(text) }];
  });
}

/** Representations that are sent as one variable, each different one once. */
export class Questions {
  readonly representations: Thing[] = [];
  private readonly indexes = new Map<string, number>();

  /** Adds what is not kept. */
  add(asked: readonly Asked[]): void {
    for (const { text, representation, kept } of asked)
      if (!kept && !this.indexes.has(text)) this.indexes.set(text, this.representations.push(representation) - 1);
  }

  /** The place of a representation; undefined if it is not asked about. */
  indexOf({ text }: Asked): number | undefined {
    return this.indexes.get(text);
  }
}
