import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";
import type { Plugin } from "vite";

/** Files that shrink. Pictures and fonts in their own formats do not. */
const SHRINKS = /\.(?:css|html|js|svg|ttf)$/;

/** Smaller files fit into one packet anyway. In bytes. */
const LEAST = 1_000;

const squeeze = {
  // 11, the best, takes ten times as long for a twentieth less.
  ".br": (text: Buffer) => promisify(brotliCompress)(text, { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } }),
  ".gz": (text: Buffer) => promisify(gzip)(text, { level: 9 }),
};

/** Writes each file of the build compressed beside it as well, so that a server need not do that for each reader. */
export function compressed(): Plugin {
  let folder = "";
  return {
    name: "compressed",
    apply: "build",
    configResolved({ root, build }) {
      folder = path.resolve(root, build.outDir);
    },
    async writeBundle(_options, bundle) {
      await Promise.all(
        Object.keys(bundle).map(async (name) => {
          if (!SHRINKS.test(name)) return;
          const file = path.join(folder, name);
          const text = await readFile(file);
          if (text.length < LEAST) return;
          await Promise.all(Object.entries(squeeze).map(async ([ending, shrink]) => writeFile(file + ending, await shrink(text))));
        }),
      );
    },
  };
}
