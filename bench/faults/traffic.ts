import { setTimeout as pause } from "node:timers/promises";
import { anew, card, leaderboard } from "../questions";
import type { Seeded } from "../seeded";
import { type Right, askServer } from "./ask-server";
import { type Acknowledged, type CheckedAnswers, STANDINGS } from "./check-answers";
import { CONDITIONS, DOMAIN, LEAVES, MODELS } from "./checked-world";
import type { Journal } from "./journal";
import type { Served } from "./served";

/** Milliseconds between the questions of one client. */
const BETWEEN = 100;

/** Milliseconds between two tries of what is not known to be written. */
const AGAIN = 200;

const SUBMIT = `mutation ($input: SubmitScoresInput!) {
  submitScores(input: $input) { replayed submission { revision scoreCount } userErrors { code message } } }`;

export interface TrafficOptions {
  readonly journal: Journal;
  readonly random: Seeded;
  /** Key of the account that hands in. */
  readonly key: string;
  readonly answers: CheckedAnswers;
  /** Names of models and benchmarks of the large domain. */
  readonly names: { readonly models: readonly string[]; readonly benchmarks: readonly string[] };
  readonly over: AbortSignal;
}

/** What clients do, and what they were told. */
export class Traffic {
  readonly acknowledged: Acknowledged[] = [];
  /** Files and checked answers that were taken. */
  files = 0;
  private runs = 0;

  constructor(private readonly options: TrafficOptions) {}

  /** Hands in one to three scores under a key of their own, again and again until it is said that they are written; then reads them. */
  async submit(servers: readonly Served[]): Promise<void> {
    const { journal, random, key, answers } = this.options;
    const cells = new Map(
      Array.from({ length: 1 + random.integer(3) }, () => {
        const [model, benchmark] = [MODELS[random.integer(MODELS.length)], LEAVES[random.integer(LEAVES.length)]];
        return [`${model} ${benchmark}`, { model, benchmark }] as const;
      }),
    );
    const scores = [...cells.values()].map((cell) => {
      const run = ++this.runs;
      // Each has a higher raw score than all before it, so it counts; by what it counts is chance.
      const at = new Date(Date.UTC(2020, 0, 1) + run * 1_000).toISOString();
      return { ...cell, version: 1, raw: 0.1 + run * 1e-6, ceiled: random.integer(1_000_001) / 1e6, startedAt: at, endedAt: at };
    });
    const submissionKey = `checked-${this.runs}`;
    const variables = { input: { domain: DOMAIN, submissionKey, scores } };
    for (let turn = 0; ; turn++, await pause(AGAIN)) {
      const { url } = servers[turn % servers.length];
      const right = await askServer(journal, "submission", `${url}/graphql`, { query: SUBMIT, variables, key });
      if (!right) continue;
      const { submission, userErrors } = JSON.parse(right.text).data.submitScores as {
        submission: { revision: string; scoreCount: number } | null;
        userErrors: unknown[];
      };
      if (submission?.scoreCount !== scores.length) return journal.noteWrong(`submission: ${JSON.stringify(userErrors)}`);
      const revision = Number(submission.revision);
      const runs = scores.map(({ startedAt, endedAt, ...run }) => ({
        ...{ ...run, error: null, failed: false, retracted: false, startedAt: Date.parse(startedAt), endedAt: Date.parse(endedAt) },
      }));
      this.acknowledged.push({ revision, key: submissionKey, runs });
      // Whoever shows what it was told reads what it wrote, at any server.
      const least = right.headers.get("x-scoretree-min-revision");
      const other = servers[(turn + 1) % servers.length];
      const headers: Record<string, string> = least === null ? {} : { "x-scoretree-min-revision": least };
      const read = await askServer(journal, "own write", `${other.url}/graphql`, { query: STANDINGS, variables: { under: null }, headers });
      if (!read) return;
      if (!(revisionOf(read) >= revision)) journal.noteWrong(`own write: asked for ${revision}, got ${revisionOf(read)}`);
      if (!answers.take(0, read.text)) journal.noteWrong(`two answers at revision ${revisionOf(read)}`);
      return;
    }
  }

  /** Hands in each second, at one server after the other. What is not acknowledged holds up what comes after it. */
  async write(servers: readonly Served[]): Promise<void> {
    for (let turn = 0; !this.options.over.aborted; turn++) {
      const next = pause(1_000);
      await this.submit(turn % 2 === 0 ? servers : [...servers].reverse());
      await next;
    }
  }

  /** Asks about the large domain: cards, leaderboards, conditions, and cards that nobody asked for before. */
  async read({ url }: Served): Promise<void> {
    const { journal, random, names, over } = this.options;
    const some = <T>(all: readonly T[], count: number) => Array.from({ length: count }, () => all[random.integer(all.length)]);
    const kinds = {
      card: () => anew(card()),
      "distinct card": () => ({ query: card().query, variables: { name: some(names.models, 1)[0] } }),
      leaderboard: () => leaderboard([...new Set(some(names.benchmarks, 10))]),
      conditions: () => ({
        query: `query ($under: Conditions) { standings(domain: "vision", under: $under) { populationSize leaderboard(first: 20) { totalCount nodes { rank model { name } score { value } } } } }`,
        variables: { under: { among: { names: some(names.models, 200) }, weights: [{ benchmark: "V1", weight: random.integer(9) }] } },
      }),
    };
    for (let turn = random.integer(4); !over.aborted; turn++) {
      const kind = (Object.keys(kinds) as (keyof typeof kinds)[])[turn % 4];
      const { query, variables } = kinds[kind]();
      const right = await askServer(journal, kind, `${url}/graphql`, { query, variables });
      if (right && /"(model|standings)":null/.test(right.text.slice(0, 40))) journal.noteWrong(`${kind}: ${right.text.slice(0, 200)}`);
      await pause(BETWEEN);
    }
  }

  /** Asks for every number of the checked domain, under one conditions after the other. Revisions of one server only grow. */
  async check(served: Served): Promise<void> {
    const { journal, answers, over } = this.options;
    let last = 0;
    for (let turn = 0; !over.aborted; turn++) {
      const place = turn % CONDITIONS.length;
      const { since } = served;
      const right = await askServer(journal, "standings", `${served.url}/graphql`, {
        query: STANDINGS,
        variables: { under: CONDITIONS[place].under },
      });
      if (right) {
        if (!answers.take(place, right.text)) journal.noteWrong(`two answers at revision ${revisionOf(right)} under ${place}`);
        if (revisionOf(right) < last && served.since === since) journal.noteWrong(`${last} was followed by ${revisionOf(right)}`);
        last = revisionOf(right);
      }
      await pause(BETWEEN);
    }
  }

  /** Fetches files, whose rows must be those of their revision: of the checked domain, and now and then a large one. */
  async fetchFiles({ url }: Served): Promise<void> {
    const { journal, over } = this.options;
    for (let turn = 0; !over.aborted; turn++, await pause(1_000)) {
      const [kind, name] = turn % 20 === 0 ? ["large file", "vision/scores.csv"] : ["file", `${DOMAIN}/scores.jsonl`];
      const right = await askServer(journal, kind, `${url}/exports/${name}`, {});
      if (!right) continue;
      this.files++;
      if (!right.text.endsWith("\n")) journal.noteWrong(`${kind}: it ends by ${JSON.stringify(right.text.slice(-40))}`);
    }
  }
}

const revisionOf = ({ text }: Right): number => Number((JSON.parse(text) as { extensions: { revision: string } }).extensions.revision);
