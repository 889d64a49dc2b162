const WORDS: Readonly<Record<string, string>> = {
  asOf: "as of",
  release: "release",
  "missing:SKIP_NOT_RUN": "not run is left out of averages",
  "missing:SKIP_ALL": "not run and failed are left out of averages",
  "missing:ZERO": "missing counts 0",
  "among.parameterCount": "parameters",
  "among.sizeMegabytes": "megabytes",
  "among.trainingDataset": "trained on",
  "among.taskSpecialization": "trained for",
  "among.visualDegrees": "visual degrees",
  "among.isRunnable": "runnable",
  "among.search": "models with",
  "only.search": "benchmarks with",
  "only.dataIsPublic": "public data",
  "only.stimulusCount": "stimuli",
};

/** A condition of an address in words, such as `family resnet`. */
export function sayCondition(name: string, value: string): string {
  const whole = WORDS[`${name}:${value}`];
  if (whole) return whole;
  if (name === "weights") return `weight of ${value.slice(0, value.lastIndexOf(":"))} ${value.slice(value.lastIndexOf(":") + 1)}`;
  return `${WORDS[name] ?? name.slice(name.indexOf(".") + 1)} ${value.replace(/^\.\./, "≤ ").replace(/\.\.$/, " or more").replace("..", " to ")}`;
}
