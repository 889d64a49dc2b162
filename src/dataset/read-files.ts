import { readFile, realpath, stat } from "node:fs/promises";
import path from "node:path";
import { isPath } from "./cells";
import { TABLES, type RowOf } from "./columns";
import { type FileRow } from "./dataset";
import { quote, type Faults } from "./faults";
import { type TableRows } from "./read-table";

const LARGEST = 1_000_000;

const MEDIA_TYPES: Readonly<Record<string, string>> = {
  png: "image/png",
  jpg: "image/jpeg",
  jpeg: "image/jpeg",
  gif: "image/gif",
  webp: "image/webp",
  svg: "image/svg+xml",
  mp4: "video/mp4",
  wav: "audio/wav",
};

/** The media type of a sample by the ending of its path; undefined for an ending that no sample may have. */
export const mediaType = (file: string): string | undefined => MEDIA_TYPES[path.posix.extname(file).slice(1).toLowerCase()];

/** Reads the files that samples point at: inside the folder, at most 1 MB each, pictures, films and sounds by their ending. */
export async function readFiles(folder: string, { rows, lines }: TableRows<"samples">, faults: Faults): Promise<FileRow[]> {
  const files = new Map<string, FileRow>();
  const home = await realpath(folder).catch(() => folder);
  for (const [index, { url }] of rows.entries()) {
    if (!url || !isPath(url) || files.has(url)) continue;
    const content = await readSample(home, url);
    if (typeof content === "string") faults.add(TABLES.samples.file, lines[index], "url", `${content}, got ${quote(url)}`);
    else files.set(url, { path: url, content });
  }
  return [...files.values()];
}

/** The content, or what was expected instead. */
async function readSample(home: string, url: RowOf<"samples">["url"]): Promise<Buffer | string> {
  if (!mediaType(url)) return `expected a file that ends in ${Object.keys(MEDIA_TYPES).join(", ")}`;
  const file = path.join(home, ...url.split("/"));
  const real = await realpath(file).catch(() => null);
  if (real === null) return "expected a file that is in the folder";
  if (path.relative(home, real).startsWith("..") || path.isAbsolute(path.relative(home, real))) return "expected a file inside the folder";
  const { size, isFile } = await stat(real).then((found) => ({ size: found.size, isFile: found.isFile() }));
  if (!isFile) return "expected a file, not a folder";
  return size > LARGEST ? `expected a file of at most ${LARGEST} bytes, has ${size}` : readFile(real);
}
