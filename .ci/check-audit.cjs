/* eslint-disable @typescript-eslint/no-require-imports -- a script of plain node */
// Asks the registry which of the packages that run have known faults: `npm run check:audit`. Not part of the gate, which runs without a
// network and means the same on every day. One that was looked at and does no harm here stands below, by its address, with the reason.
const { spawnSync } = require("node:child_process");
const path = require("node:path");

/** @type {Readonly<Record<string, string>>} */
const JUDGED = {};

const { stdout, stderr } = spawnSync("npm", ["audit", "--omit", "dev", "--json"], {
  cwd: path.resolve(__dirname, ".."),
  encoding: "utf8",
  maxBuffer: 2 ** 28,
});
const told = stdout.startsWith("{") ? JSON.parse(stdout) : {};
if (!told.vulnerabilities) {
  console.error(`The registry tells nothing of faults:\n${told.message ?? stderr}`);
  process.exit(2);
}

const found = new Map();
for (const { via } of Object.values(told.vulnerabilities))
  for (const fault of via)
    if (typeof fault === "object") found.set(fault.url, `${fault.severity} in ${fault.name} ${fault.range}: ${fault.title}`);
const open = [...found].filter(([url]) => !(url in JUDGED));
for (const [url, words] of open) console.error(`${words}\n  ${url}`);
for (const url of Object.keys(JUDGED)) if (!found.has(url)) console.error(`Judged, but not found any more: ${url}`);
console.log(`${told.metadata.dependencies.prod} packages, ${found.size} known faults, ${open.length} of them not judged.`);
process.exit(open.length > 0 || Object.keys(JUDGED).some((url) => !found.has(url)) ? 1 : 0);
