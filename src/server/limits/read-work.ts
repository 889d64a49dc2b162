import { type ConstDirectiveNode, type DocumentNode, Kind, parse, valueFromASTUntyped } from "graphql";

/** How long a list is expected to be. */
export interface ListSize {
  readonly assumedSize: number;
  /** Arguments that say how long it is at most. */
  readonly slicingArguments: readonly string[];
  /** The lists of the field's object that this is said of; null: of the field itself. */
  readonly sizedFields: readonly string[] | null;
}

/** What a schema says of the work that its fields make: https://specs.apollo.dev/cost/v0.1. */
export interface KnownWork {
  /** By path, such as "Model.scores". */
  readonly sizes: ReadonlyMap<string, ListSize>;
  readonly costs: ReadonlyMap<string, number>;
}

const argumentsOf = ({ arguments: given = [] }: ConstDirectiveNode): Record<string, unknown> =>
  Object.fromEntries(given.map(({ name, value }) => [name.value, valueFromASTUntyped(value)]));

/** Reads `@cost` and `@listSize` of a subgraph or a supergraph. */
export function readWork(sdl: string | DocumentNode): KnownWork {
  if (sdl === "") return { sizes: new Map(), costs: new Map() };
  const sizes = new Map<string, ListSize>();
  const costs = new Map<string, number>();
  for (const type of (typeof sdl === "string" ? parse(sdl, { noLocation: true }) : sdl).definitions) {
    if (type.kind !== Kind.OBJECT_TYPE_DEFINITION && type.kind !== Kind.OBJECT_TYPE_EXTENSION) continue;
    for (const field of type.fields ?? []) {
      const path = `${type.name.value}.${field.name.value}`;
      for (const directive of field.directives ?? []) {
        const given = argumentsOf(directive);
        if (directive.name.value === "cost") costs.set(path, Number(given.weight));
        if (directive.name.value !== "listSize") continue;
        sizes.set(path, {
          assumedSize: Number(given.assumedSize ?? 0),
          slicingArguments: (given.slicingArguments as string[] | undefined) ?? [],
          sizedFields: (given.sizedFields as string[] | undefined) ?? null,
        });
      }
    }
  }
  return { sizes, costs };
}
