import { Benchmark } from "../subgraphs/benchmarks/benchmark";
import { BenchmarkVersion } from "../subgraphs/benchmarks/benchmark-version";
import { Domain } from "../subgraphs/benchmarks/domain";
import { SampleFile } from "../subgraphs/benchmarks/sample-file";
import { Reference } from "../subgraphs/citations/reference";
import { Model } from "../subgraphs/models/model";
import { Observation } from "../subgraphs/scores/observation";
import { Release } from "../subgraphs/scores/release";
import { Account } from "../subgraphs/submissions/account";
import { Submission } from "../subgraphs/submissions/submission";

/** The entity classes of every subgraph: what a data source that serves all of them needs. */
export const ENTITIES = [Domain, Account, Reference, Benchmark, BenchmarkVersion, SampleFile, Model, Submission, Observation, Release];
