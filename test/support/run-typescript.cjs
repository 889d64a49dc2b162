/* eslint-disable @typescript-eslint/no-require-imports -- what node loads with --require has no import */
// Lets a plain node process run the project's TypeScript: `node --require test/support/run-typescript.cjs program.ts`.
const { readFileSync } = require("node:fs");
const path = require("node:path");
const { transformFileSync } = require("@swc/core");

const options = { ...JSON.parse(readFileSync(path.join(__dirname, "../../.ci/swc.json"), "utf8")), swcrc: false, sourceMaps: "inline" };

require.extensions[".ts"] = (module, file) => module._compile(transformFileSync(file, options).code, file);
