import { readFileSync } from "node:fs";
import path from "node:path";

/** One instruction of a Dockerfile, on one line. */
export interface Instruction {
  readonly name: string;
  readonly rest: string;
}

/** The stages of docker/Dockerfile, each with its instructions, FROM first. Comments are left out. */
export function readDockerfile(): Instruction[][] {
  const text = readFileSync(path.resolve(__dirname, "../../docker/Dockerfile"), "utf8");
  const lines = text.replace(/\\\n\s*/g, "").split("\n");
  const instructions = lines.flatMap((line) => {
    const [, name, rest] = /^([A-Z]+) (.*)$/.exec(line) ?? [];
    return name === undefined ? [] : [{ name, rest }];
  });
  const stages: Instruction[][] = [];
  for (const instruction of instructions) {
    if (instruction.name === "FROM") stages.push([]);
    stages.at(-1)!.push(instruction);
  }
  return stages;
}

/** What the image's last stage says to whoever runs it. */
export interface Image {
  readonly environment: Readonly<Record<string, string>>;
  /** The program and its first parameters. */
  readonly entrypoint: readonly string[];
  /** The program that tells whether it is well, by its exit code. */
  readonly health: readonly string[];
}

/** Reads what the image is run with. */
export function readImage(): Image {
  const last = readDockerfile().at(-1)!;
  const list = (text: string) => JSON.parse(text) as string[];
  const of = (name: string) => last.filter((instruction) => instruction.name === name).map(({ rest }) => rest);
  const environment = of("ENV").flatMap((rest) => rest.split(/\s+/).map((pair) => pair.split("=") as [string, string]));
  return {
    environment: Object.fromEntries(environment),
    entrypoint: list(of("ENTRYPOINT")[0]),
    health: list(of("HEALTHCHECK")[0].replace(/^.*?CMD /, "")),
  };
}
