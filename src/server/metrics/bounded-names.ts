import { holdsSecret } from "../secrets";

/** Longest name that has a series of its own, in characters. */
const LONGEST = 60;

/** What all names are called that have no series of their own. */
const OTHER = "other";

/**
 * Names as labels of metrics. Each label makes series that are kept for as long as the process runs, and clients choose names: so the
 * number of labels has a bound, whoever sends what.
 */
export class BoundedNames {
  private readonly labels: Set<string>;

  /** `most`: labels at most, besides `other`. `known`: the only names that are labels; default: those that come first. */
  constructor(
    private readonly most: number,
    private readonly known: readonly string[] = [],
  ) {
    this.labels = new Set(known);
  }

  /** The name, or `other` if it is to have no label of its own: it came too late, is long, or might be somebody's secret. */
  labelOf(name: string): string {
    if (this.labels.has(name)) return name;
    if (this.known.length > 0 || this.labels.size >= this.most || name.length > LONGEST || holdsSecret(name)) return OTHER;
    this.labels.add(name);
    return name;
  }
}
