import { readFile } from "node:fs/promises";
import path from "node:path";
import { ROOT } from "../questions";
import { makePage, writePage } from "./write-page";

/** Writes the page of figures from bench/results; with `--check` it only fails, naming the files that are not as they are to be. */
async function main(args: readonly string[]): Promise<void> {
  if (!args.includes("--check")) return console.log((await writePage()).join("\n"));
  for (const [place, text] of Object.entries(await makePage())) {
    if ((await readFile(path.join(ROOT, place), "utf8")) === text) continue;
    console.error(`${place} does not say what bench/results says: npm run bench:page`);
    process.exitCode = 1;
  }
}

void main(process.argv.slice(2));
