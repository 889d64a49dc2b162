/* eslint-disable @typescript-eslint/no-require-imports -- a script of plain node */
// Runs the Jest files of Apollo's subgraph compatibility suite against test/federation/products: `npm run check:compatibility`.
// The suite goes into a temporary folder, since it brings some 490 packages; nothing of it but its tests and Jest is run.
const { spawn, spawnSync } = require("node:child_process");
const { once } = require("node:events");
const { mkdtempSync, readFileSync, rmSync, writeFileSync } = require("node:fs");
const { tmpdir } = require("node:os");
const path = require("node:path");

const SUITE = "@apollo/federation-subgraph-compatibility-tests";
const VERSION = "1.2.1";
const CHECKS = 23;
/** The suite asks its router here and nowhere else. */
const ROUTER_PORT = "4000";

const root = path.resolve(__dirname, "..");
const folder = mkdtempSync(path.join(tmpdir(), "compatibility-"));

function run(command, parameters, environment = {}) {
  const { status, error } = spawnSync(command, parameters, { cwd: folder, stdio: "inherit", env: { ...process.env, ...environment } });
  if (error) throw error;
  return status;
}

/** Starts the subgraphs and the gateway; gives their addresses once all answer. */
async function serve() {
  const program = path.join(root, "test/federation/products/serve.ts");
  const child = spawn(process.execPath, ["--require", path.join(root, "test/support/run-typescript.cjs"), program], {
    cwd: root,
    env: { ...process.env, ROUTER_PORT },
    stdio: ["ignore", "pipe", "inherit"],
  });
  child.stdout.setEncoding("utf8");
  const printed = new Promise((resolve) => {
    let text = "";
    child.stdout.on("data", (chunk) => {
      const line = (text += chunk).split("\n").find((line) => line.startsWith("{"));
      if (line?.endsWith("}")) resolve(JSON.parse(line));
    });
  });
  const ended = once(child, "exit").then(() => {
    throw new Error(`The subgraphs did not start. Is port ${ROUTER_PORT} free?`);
  });
  return { child, addresses: await Promise.race([printed, ended]) };
}

async function main() {
  writeFileSync(path.join(folder, "package.json"), JSON.stringify({ private: true }));
  if (run("npm", ["install", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error", `${SUITE}@${VERSION}`]) !== 0)
    throw new Error(`${SUITE} could not be installed.`);
  const rootDir = path.join(folder, "node_modules", SUITE, "dist/tests");
  writeFileSync(
    path.join(folder, "jest.config.json"),
    JSON.stringify({ rootDir, testPathIgnorePatterns: [], haste: { retainAllFiles: true }, transform: {} }),
  );
  const { child, addresses } = await serve();
  child.removeAllListeners("exit");
  try {
    const report = path.join(folder, "report.json");
    const jest = path.join(folder, "node_modules/jest/bin/jest.js");
    run(process.execPath, [jest, "--config", "jest.config.json", "--verbose", "--json", "--outputFile", report], {
      PRODUCTS_URL: addresses.products,
    });
    const { numPassedTests, numTotalTests } = JSON.parse(readFileSync(report, "utf8"));
    console.log(`${numPassedTests} of ${CHECKS} checks of ${SUITE} ${VERSION} pass.`);
    return numPassedTests === CHECKS && numTotalTests === CHECKS;
  } finally {
    child.kill("SIGKILL");
  }
}

main()
  .then((isCompatible) => (process.exitCode = isCompatible ? 0 : 1))
  .catch((error) => {
    console.error(error.message);
    process.exitCode = 1;
  })
  .finally(() => rmSync(folder, { recursive: true, force: true }));
