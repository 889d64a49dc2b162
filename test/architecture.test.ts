import { readdirSync, readFileSync, statSync } from "node:fs";
import path from "node:path";

const ROOT = path.join(__dirname, "..");
const SOURCE = path.join(ROOT, "src");

/** Each room imports from those to its right only. */
const CHAIN = ["cli", "server", "dataset", "subgraphs", "federation", "board", "database", "scoring", "statistics"];

const filesBelow = (folder: string): string[] =>
  readdirSync(folder).flatMap((name) => {
    const file = path.join(folder, name);
    return statSync(file).isDirectory() ? filesBelow(file) : file.endsWith(".ts") ? [file] : [];
  });

const files = filesBelow(SOURCE).map((file) => ({ name: path.relative(SOURCE, file), text: readFileSync(file, "utf8") }));

/** What a file imports, as paths below src or names of packages. Imports of types only count too: they tie rooms together all the same. */
const importsOf = ({ name, text }: (typeof files)[number]): string[] =>
  [...text.matchAll(/(?:from|import\(|require\()\s*"([^"]+)"/g)].map(([, target]) =>
    target.startsWith(".") ? path.join(path.dirname(name), target) : target,
  );

const roomOf = (file: string): string => file.split(path.sep)[0];

/** Every import of the source as "file → target". */
const imports = files.flatMap((file) => importsOf(file).map((target) => ({ file: file.name, target })));

const offences = (isOffence: (file: string, target: string) => boolean): string[] =>
  imports.filter(({ file, target }) => isOffence(file, target)).map(({ file, target }) => `${file} → ${target}`);

describe("the house", () => {
  it("has no room that the chain does not name", () => {
    const rooms = readdirSync(SOURCE).filter((name) => statSync(path.join(SOURCE, name)).isDirectory());
    expect(rooms.filter((room) => !CHAIN.includes(room))).toEqual([]);
  });

  it("imports along the chain only, from left to right", () => {
    const place = (file: string) => CHAIN.indexOf(roomOf(file));
    expect(offences((file, target) => place(target) >= 0 && place(file) >= 0 && place(target) < place(file))).toEqual([]);
  });

  it("keeps subgraphs apart: none imports another", () => {
    const subgraph = (file: string) => /^subgraphs\/([^/]+)\//.exec(file)?.[1];
    expect(offences((file, target) => !!subgraph(file) && !!subgraph(target) && subgraph(file) !== subgraph(target))).toEqual([]);
  });

  it("keeps the scoring core free of packages and of everything that does I/O", () => {
    const isPure = (target: string) => ["scoring", "statistics", "errors"].includes(roomOf(target));
    expect(offences((file, target) => ["scoring", "statistics"].includes(roomOf(file)) && !isPure(target))).toEqual([]);
  });

  it("speaks type-graphql in federation and subgraphs only", () => {
    expect(offences((file, target) => target === "type-graphql" && !["federation", "subgraphs"].includes(roomOf(file)))).toEqual([]);
  });

  // A subgraph reads through `context.read` and `context.find`, whose tables hold what the viewer may see. Exceptions, with their reasons:
  const READ_ALL = [
    // Makes a release: of public facts only, from the command line, or by an admin.
    "subgraphs/scores/create-release.ts",
    // Tells when submissions were handed in that the viewer was found to see.
    "subgraphs/submissions/submission-revision.ts",
  ];

  it("gives subgraphs no way to read what the viewer may not see (§10)", () => {
    const raw =
      /\b(dataSource|DataSource|databaseOf|getRepository|createQueryBuilder|EntityManager|QueryRunner|Database)\b|\["dataSource"\]/;
    const inSubgraphs = files.filter(({ name }) => roomOf(name) === "subgraphs");
    expect(inSubgraphs.filter(({ name, text }) => raw.test(text) && !READ_ALL.includes(name)).map(({ name }) => name)).toEqual([]);
  });

  it("speaks SQL to Postgres in subgraphs through TypeORM's decorators only", () => {
    const decorators = ["Entity", "Column", "PrimaryGeneratedColumn", "Index"];
    const imported = files.flatMap(({ name, text }) =>
      roomOf(name) === "subgraphs"
        ? [...text.matchAll(/import (?:type )?\{([^}]+)\} from "(?:typeorm|pg)"/g)].flatMap(([, names]) =>
            names.split(",").flatMap((each) => (decorators.includes(each.trim()) ? [] : [`${name}: ${each.trim()}`])),
          )
        : [],
    );
    expect(imported).toEqual([]);
  });

  it("reads the environment in config.ts only", () => {
    expect(files.filter(({ name, text }) => name !== "config.ts" && /\bprocess\.env\b/.test(text)).map(({ name }) => name)).toEqual([]);
  });

  it("has no default exports and no barrels", () => {
    expect(files.filter(({ text }) => /^export default|^export \* from/m.test(text)).map(({ name }) => name)).toEqual([]);
  });

  it("has no file whose name says nothing", () => {
    const vague = /(^|\/)(utils?|helpers?|common|shared|misc|services?|lib|types|managers?|index)(\/|\.ts$)/;
    expect(files.filter(({ name }) => vague.test(name)).map(({ name }) => name)).toEqual([]);
  });

  it("is at most three folders deep", () => {
    expect(files.filter(({ name }) => name.split(path.sep).length > 4).map(({ name }) => name)).toEqual([]);
  });
});
