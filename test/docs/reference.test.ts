import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";

const ROOT = path.join(__dirname, "../..");
const FOLDER = path.join(ROOT, "docs/reference");

const read = (file: string) => readFileSync(path.join(FOLDER, file), "utf8");
const FILES = readdirSync(FOLDER);

test("docs/reference is what the printed schema makes it", () => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [path.join(ROOT, ".ci/reference.cjs"), "--check"], { encoding: "utf8" });
  expect([status, stdout, stderr]).toEqual([0, "docs/reference is current: 6 pages.\n", ""]);
});

test("every link of docs/reference leads to a heading", () => {
  const headings = new Set(
    FILES.flatMap((file) =>
      [...read(file).matchAll(/^##+ (.*)$/gm)].map(([, title]) => `${file}#${title.toLowerCase().replaceAll(" ", "-")}`),
    ),
  );
  const links = FILES.flatMap((file) =>
    [...read(file).matchAll(/\]\(([\w.]*)#([\w-]+)\)/g)].map(([, to, heading]) => `${to === "" ? file : to}#${heading}`),
  );
  expect(links.length).toBeGreaterThan(300);
  expect(links.filter((link) => !headings.has(link))).toEqual([]);
});

test("docs/reference tells every code that an error of the API can have", () => {
  const [, union] = /export type ErrorCode =\n(.*?);/s.exec(readFileSync(path.join(ROOT, "src/errors.ts"), "utf8"))!;
  const codes = [...union.matchAll(/"(\w+)"/g)].map(([, code]) => code);
  // These are the command line's: nobody who asks the API meets them.
  const asked = codes.filter((code) => !["CONFIGURATION", "DATA_SET"].includes(code));
  expect(asked.length).toBeGreaterThan(10);
  expect(asked.filter((code) => !read("README.md").includes(`| \`${code}\` |`))).toEqual([]);
});
