import { readDataset } from "../../src/dataset/read-dataset";
import { edited, removeFolders, SMALL, smallFolder } from "./small-folder";

afterAll(removeFolders);

test("reads a byte order mark, CRLF and columns in any order", async () => {
  const expected = await readDataset(smallFolder());
  const crlf = Object.fromEntries(
    Object.entries(SMALL)
      .filter(([file]) => /\.(csv|bib)$/.test(file))
      .map(([file, text]) => [file, `\ufeff${text.replaceAll("\n", "\r\n")}`]),
  );
  const layers = "\ufefflayer,model,region\r\nblock1,alpha,V1\r\nblock4,alpha,IT\r\n";
  expect(await readDataset(smallFolder({ ...crlf, "layers.csv": layers }))).toEqual(expected);
});

test("reads True, 25.0, an instant with a space and one without a zone", async () => {
  const folder = smallFolder({
    "models.csv": `name,public,submitted_at,visual_degrees,runnable
alpha,True,2021-02-03 04:05:06,25.0,TRUE
beta,FALSE,2021-02-03 04:05:06.120+02:00,,False
`,
  });
  const { models } = await readDataset(folder);
  expect(models).toEqual([
    { name: "alpha", public: true, submitted_at: "2021-02-03T04:05:06Z", visual_degrees: 25, runnable: true },
    { name: "beta", public: false, submitted_at: "2021-02-03T02:05:06.12Z", visual_degrees: null, runnable: false },
  ]);
});

test("tells a missing column, which is absent, from an empty field, which is null", async () => {
  const { scores } = await readDataset(smallFolder({ "scores.csv": "model,benchmark,version,raw,ceiled\nalpha,leaf-a,1,,.5\n" }));
  expect(scores).toEqual([{ model: "alpha", benchmark: "leaf-a", version: 1, raw: null, ceiled: 0.5 }]);
});

test("reads a field with quotes, commas and line breaks as RFC 4180 says, and a last line without its end", async () => {
  const folder = smallFolder(edited("models.csv", "beta,false,lab,2021-03-03T04:05:06Z,,,\n", 'beta,false,"lab",2021-03-03T04:05:06Z,,,'));
  expect((await readDataset(folder)).models[1]).toMatchObject({ name: "beta", owner: "lab" });
  const layers = smallFolder({ "layers.csv": 'model,region,layer\nalpha,V1,"a ""b"",\nc"\n' });
  expect((await readDataset(layers)).layers).toEqual([{ model: "alpha", region: "V1", layer: 'a "b",\nc' }]);
});

test("needs no file but dataset.json, benchmarks.csv and what they name", async () => {
  const { models, scores, accounts } = await readDataset(
    smallFolder({
      ...edited("dataset.json", '"Doe2020"', ""),
      "benchmarks.csv": "identifier,parent\naverage,\nengineering,\n",
      "versions.csv": null,
      "samples.csv": null,
      "accounts.csv": null,
      "models.csv": null,
      "layers.csv": null,
      "submissions.csv": null,
      "scores.csv": null,
      "references.bib": null,
    }),
  );
  expect({ models, scores, accounts }).toEqual({ models: [], scores: [], accounts: [] });
});

test("resolves @string in the text of an entry, and keeps the rest of the text as it is", async () => {
  const entry = "@article{Doe2020,\n  title =  {A  {W}ork},\n  journal = nn\n}";
  const { references } = await readDataset(smallFolder({ "references.bib": `@string{nn = "Nature"}\n\n${entry}\n` }));
  expect(references).toEqual([{ key: "Doe2020", bibtex: entry.replace("= nn", "= {Nature}") }]);
});
