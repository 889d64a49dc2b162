import { foreign, owned } from "../../federation/entity";
import type { Subgraph } from "../../federation/subgraph";
import { ChangesQueries } from "./changes";
import { BenchmarkCorrelation, ComparisonFields } from "./comparison-fields";
import { TrendFields } from "./trend";
import { BenchmarkFields, BenchmarkVersionFields, DomainFields } from "./benchmark-fields";
import { findBenchmark, findDomain, findModel, findVersion } from "./find-node";
import { Benchmark, BenchmarkVersion, Contributor, Domain, Model, Reference, Submission } from "./foreign";
import { observationById } from "./loaders";
import { ModelFields } from "./model-fields";
import { Observation } from "./observation";
import { ObservationFields } from "./observation-fields";
import { Release } from "./release";
import { findRelease, ReleaseFields } from "./release-fields";
import { ReleaseMutations } from "./release-mutations";
import { ScoresQueries } from "./queries";
import { SubmissionFields } from "./submission-scores";
import { ScoresSubscriptions } from "./subscriptions";

/** Cells, ranks, standings, leaderboards and statistics: the subgraph that holds a board. */
export const scores: Subgraph = {
  name: "scores",
  resolvers: [
    ScoresQueries,
    ModelFields,
    BenchmarkFields,
    BenchmarkVersionFields,
    DomainFields,
    ObservationFields,
    ReleaseFields,
    ReleaseMutations,
    SubmissionFields,
    ComparisonFields,
    BenchmarkCorrelation,
    TrendFields,
    ChangesQueries,
    ScoresSubscriptions,
  ],
  entities: {
    Observation: owned(Observation, (id, context) => observationById(context, id)),
    Release: owned(Release, findRelease),
    Domain: foreign(Domain, findDomain),
    Benchmark: foreign(Benchmark, findBenchmark),
    BenchmarkVersion: foreign(BenchmarkVersion, findVersion),
    Model: foreign(Model, findModel),
    Contributor: foreign(Contributor),
    Reference: foreign(Reference),
    Submission: foreign(Submission),
  },
  work: {
    sizes: {
      "Query.nodes": 100,
      "Model.scores": 150,
      "Model.trend": 120,
      "Model.citedReferences": 60,
      "LeaderboardRow.scores": 150,
      "Standings.tree": 150,
      "Standings.citedReferences": 60,
      "Standings.correlations": 20,
      "Standings.scatter": 500,
      "ScoreMatrix.models": 500,
      "ScoreMatrix.benchmarks": 150,
      "Comparison.models": 5,
      "Comparison.rows": 150,
      "ComparisonRow.scores": 5,
      "StandingsChange.movers": 20,
      "Statistics.best": 2,
      // Of all benchmarks each has one parent but the roots: a level deeper there are no more of them.
      "Score.children": 1,
      "Score.history": 3,
      "TrendPoint.newLeaves": 2,
      "TrendPoint.newVersions": 1,
    },
    costs: {
      "Query.standings": 10,
      "Query.changes": 500,
      "Standings.matrix": 1_000,
      "Standings.compare": 100,
      "Model.trend": 500,
      "Benchmark.correlation": 10,
      "Standings.correlation": 10,
    },
  },
};
