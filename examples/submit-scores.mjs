// Hands in the scores of a CSV file and tries until it knows the outcome:
//
//   SCORETREE_KEY=… node examples/submit-scores.mjs http://127.0.0.1:4000 vision scores.csv
//
// The file has a line of names: model, benchmark, version, raw, ceiled, error, failed, startedAt, endedAt, comment. The submission's key
// is a hash of the file, so the same file is written once, however often this is run. Plain fields only: no quotes, no commas in them.
import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";

const MUTATION = `mutation ($input: SubmitScoresInput!) {
  submitScores(input: $input) {
    submission { id scoreCount scores(first: 20) { model { name } benchmark { identifier } display rank } }
    replayed
    userErrors { code path message }
  }
}`;

const TRIES = 8;
const NUMBERS = ["version", "raw", "ceiled", "error"];

/** One field as the API takes it. An empty one is left out. */
function field(name, text) {
  if (text === "") return [];
  if (NUMBERS.includes(name)) return [[name, Number(text)]];
  return [[name, name === "failed" ? text === "true" : text]];
}

function readScores(text) {
  const [names, ...lines] = text
    .trim()
    .split(/\r?\n/)
    .map((line) => line.split(","));
  return lines.map((texts) => Object.fromEntries(names.flatMap((name, place) => field(name, texts[place] ?? ""))));
}

/** Sends until there is an answer. What fails on the way or in the server may have been written: the same key makes it safe to try again. */
async function send(url, input) {
  for (let tries = 1; ; tries++) {
    try {
      const response = await fetch(`${url}/graphql`, {
        method: "POST",
        headers: { "content-type": "application/json", authorization: `Bearer ${process.env.SCORETREE_KEY}` },
        body: JSON.stringify({ query: MUTATION, variables: { input } }),
        signal: AbortSignal.timeout(60_000),
      });
      if (response.status < 500) return await response.json();
      throw new Error(`The server answered ${response.status}.`);
    } catch (error) {
      if (tries === TRIES) throw error;
      await sleep(100 * 2 ** tries);
    }
  }
}

const [url, domain, file] = process.argv.slice(2);
const content = await readFile(file, "utf8");
const submissionKey = createHash("sha256").update(content).digest("hex");
const { data, errors } = await send(url, { domain, submissionKey, scores: readScores(content) });
if (errors) throw new Error(errors.map(({ message }) => message).join("\n"));

const { submission, replayed, userErrors } = data.submitScores;
for (const { path, message } of userErrors) console.error(`${path.join(".")}: ${message}`);
if (userErrors.length > 0) process.exit(1);
console.log(`${submission.scoreCount} scores${replayed ? ", which were there already" : ""}: ${submission.id}`);
for (const { model, benchmark, display, rank } of submission.scores)
  console.log(`  ${model.name}  ${benchmark.identifier}  ${display || "not run"}  rank ${rank ?? "-"}`);
