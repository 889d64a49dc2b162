import { benchmarks } from "../subgraphs/benchmarks/subgraph";
import { citations } from "../subgraphs/citations/subgraph";
import { models } from "../subgraphs/models/subgraph";
import { scores } from "../subgraphs/scores/subgraph";
import { submissions } from "../subgraphs/submissions/subgraph";

/** The five subgraphs of the platform. */
export const SUBGRAPHS = [benchmarks, models, scores, citations, submissions];
