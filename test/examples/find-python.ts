import { spawnSync } from "node:child_process";

/** Pythons in the order in which they are tried: the one in the path, then Debian's, for which Debian's packages are. */
const PYTHONS = ["python3", "/usr/bin/python3"];

/** A Python that has all of these modules; undefined if this machine has none. */
export const findPython = (...modules: readonly string[]): string | undefined =>
  PYTHONS.find((python) => spawnSync(python, ["-c", `import ${["sys", ...modules].join(", ")}`]).status === 0);
