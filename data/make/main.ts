import { writeDataset } from "../../src/dataset/write-dataset";
import { makeDataset } from "./make-dataset";

/** Writes the default data set into the folder that is named, by default `data`. */
async function main([folder = "data"]: readonly string[]): Promise<void> {
  await writeDataset(folder, makeDataset());
}

void main(process.argv.slice(2));
