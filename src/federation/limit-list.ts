import { badInput } from "../errors";

/** Bounds that an argument must keep to, both included. */
export interface Bounds {
  readonly most: number;
  /** Default 0. */
  readonly least?: number;
}

const spoken = ({ least = 0, most }: Bounds): string => (least > 0 ? `from ${least} to ${most}` : `at most ${most}`);

/** Throws BAD_USER_INPUT unless a list argument has a permitted length. A list that was not given passes. */
export function limitList(argument: string, list: readonly unknown[] | null | undefined, bounds: Bounds): void {
  if (list && (list.length > bounds.most || list.length < (bounds.least ?? 0)))
    throw badInput(`\`${argument}\` takes ${spoken(bounds)} entries; got ${list.length}.`);
}

/** Throws BAD_USER_INPUT unless a number argument, such as `first` or `bins`, is in range. One that was not given passes. */
export function limitNumber(argument: string, value: number | null | undefined, bounds: Bounds): void {
  if (value != null && !(value >= (bounds.least ?? 0) && value <= bounds.most))
    throw badInput(`\`${argument}\` must be from ${bounds.least ?? 0} to ${bounds.most}; got ${value}.`);
}
