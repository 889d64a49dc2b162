import path from "node:path";
import { defineConfig } from "vite";
import { compressed } from "./compressed.mts";

/** Pages are built into dist/web. Everything that they load is in there: nothing comes from elsewhere. */
export default defineConfig({
  root: import.meta.dirname,
  plugins: [compressed()],
  build: {
    outDir: path.resolve(import.meta.dirname, "../dist/web"),
    emptyOutDir: true,
    target: "es2022",
    // The editor of GraphiQL is one large chunk by nature.
    chunkSizeWarningLimit: 5_000,
    reportCompressedSize: false,
    rolldownOptions: {
      // GraphiQL's parts say "use client" and the like at their tops, which means nothing in a bundle.
      onLog(level, log, handle) {
        if (log.code !== "MODULE_LEVEL_DIRECTIVE") handle(level, log);
      },
      input: {
        index: path.resolve(import.meta.dirname, "index.html"),
        graphiql: path.resolve(import.meta.dirname, "graphiql/index.html"),
      },
    },
  },
  worker: { format: "es" },
});
