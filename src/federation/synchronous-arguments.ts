import { createRequire } from "node:module";
import path from "node:path";
import { invariant } from "../errors";

/** A parameter of a resolver, as its decorator declared it. */
interface Parameter {
  readonly kind: string;
  readonly index: number;
  readonly name?: string;
  readonly propertyName?: string;
  readonly getType?: () => unknown;
}

/** What a resolver is called with. */
interface Call {
  readonly root: unknown;
  readonly args: Readonly<Record<string, unknown>>;
  readonly context: unknown;
  readonly info: unknown;
}

type GetParams = (parameters: readonly Parameter[], call: Call, ...rest: unknown[]) => unknown;
type Read = (call: Call) => unknown;

interface Parts {
  convertArgToInstance(parameter: Parameter, args: Call["args"]): unknown;
  convertToType(type: unknown, value: unknown): unknown;
}

/** How the values of a resolver's parameters are read; null for parameters of kinds that are not usual here. */
function readersOf(parameters: readonly Parameter[], { convertArgToInstance, convertToType }: Parts): Read[] | null {
  const readers: Read[] = [];
  for (const parameter of [...parameters].sort((a, b) => a.index - b.index)) {
    const { kind, propertyName, getType } = parameter;
    if (kind === "arg") readers.push(({ args }) => convertArgToInstance(parameter, args));
    else if (kind === "context" && propertyName === undefined) readers.push(({ context }) => context);
    else if (kind === "info") readers.push(({ info }) => info);
    else if (kind === "root" && propertyName === undefined && getType) {
      const type = getType() as new () => object;
      readers.push(({ root }) => (root instanceof type ? root : convertToType(type, root)));
    } else return null;
  }
  return readers;
}

let isDone = false;

/**
 * Makes resolvers that take arguments synchronous, and their parameters quick to read.
 *
 * type-graphql passes every argument through `validateArg`, an async function even where `validate: false` says that nothing is to be
 * validated. So each resolver with an argument would return a promise, and a card of 300 cells would wait 300 times. It also sorts the
 * parameters anew for each call. Nothing here uses class-validator: arguments are checked by their GraphQL types and by the functions that take
 * them. This is the one place that reaches into type-graphql; its exact version is pinned, and a test shows that a field with an
 * argument answers at once.
 */
export function makeArgumentsSynchronous(): void {
  if (isDone) return;
  isDone = true;
  const require = createRequire(__filename);
  const folder = path.dirname(require.resolve("type-graphql"));
  const part = <T>(file: string): Partial<T> => require(path.join(folder, file)) as Partial<T>;
  const validation = part<{ validateArg: (value: unknown) => unknown }>("resolvers/validate-arg.js");
  const calls = part<{ getParams: GetParams }>("resolvers/helpers.js");
  const { convertArgToInstance } = part<Parts>("resolvers/convert-args.js");
  const { convertToType } = part<Parts>("helpers/types.js");
  invariant(typeof validation.validateArg === "function", "type-graphql has no validateArg where it was.");
  const { getParams } = calls;
  invariant(getParams && convertArgToInstance && convertToType, "type-graphql does not read parameters where it did.");

  validation.validateArg = (value) => value;
  const known = new WeakMap<readonly Parameter[], Read[] | null>();
  calls.getParams = (parameters, call, ...rest) => {
    let readers = known.get(parameters);
    if (readers === undefined) known.set(parameters, (readers = readersOf(parameters, { convertArgToInstance, convertToType })));
    return readers ? readers.map((read) => read(call)) : getParams(parameters, call, ...rest);
  };
}
