import type { Question } from "../questions";

/** One question in the words of each server; the answers are the same values. */
export interface PeerQuestion {
  /** What the platform is asked, and the Apollo server, which has the same fields. */
  readonly ours: Question;
  readonly postGraphile: Question;
}

/** A model that was run on nearly all benchmarks. */
const MODEL = "synthetic-resnet50-in1k-415";

/** Levels of the tree below its roots. */
const LEVELS = 6;

const CELL = `fragment Cell on Score {
  benchmark { identifier reference { key title year doi url } }
  state value rank
  statistics { count min mean median max }
}`;

/** `field`, and below it `children` as often as the tree is deep. */
const nested = (field: string, children: string): string =>
  `${field} { ...Cell ${`${children} { ...Cell `.repeat(LEVELS)}${"} ".repeat(LEVELS)}}`;

const ROW = `benchmark { identifier } state value rank`;

const ARCHITECTURES = ["transformer", "recurrent"];
const LEAST_PARAMETERS = 2e7;

/**
 * The questions that all servers are asked: a card as a list and as a tree, with value, rank, statistics and reference of all its nodes;
 * 50 rows of the leaderboard with the given 20 columns; 50 rows of the leaderboard that a filter leaves.
 */
export function peerQuestions(columns: readonly string[]): Readonly<Record<string, PeerQuestion>> {
  return {
    "card, flat": {
      ours: {
        query: `query Card($name: String!) {
          model(domain: "vision", name: $name) { name scores(states: [SCORED, FAILED, NOT_RUN]) { ...Cell } }
        } ${CELL}`,
        variables: { name: MODEL },
      },
      postGraphile: {
        query: `query Card($name: String!) {
          model: modelByName(name: $name) { name scores: scoresList(orderBy: POSITION_ASC) { ...Cell } }
        } ${CELL}`,
        variables: { name: MODEL },
      },
    },
    "card, nested": {
      ours: {
        query: `query Card($name: String!) {
          model(domain: "vision", name: $name) { name ${nested("scores(states: [SCORED, FAILED, NOT_RUN], maxDepth: 0)", "children")} }
        } ${CELL}`,
        variables: { name: MODEL },
      },
      postGraphile: {
        query: `query Card($name: String!) {
          model: modelByName(name: $name) {
            name ${nested("scores: scoresList(condition: { parentPk: null }, orderBy: POSITION_ASC)", "children: childrenList(orderBy: POSITION_ASC)")}
          }
        } ${CELL}`,
        variables: { name: MODEL },
      },
    },
    "leaderboard 50 x 20": {
      ours: {
        query: `query Leaderboard($columns: [String!]!) {
          standings(domain: "vision") { leaderboard(first: 50) { nodes { rank model { name } scores(benchmarks: $columns) { ${ROW} } } } }
        }`,
        variables: { columns },
      },
      postGraphile: {
        query: `query Leaderboard($columns: [String!]!) {
          standings: benchmarkByIdentifier(identifier: "average_vision") {
            leaderboard(orderBy: PLACE_ASC, first: 50) { nodes { rank model { name } scores: columnsList(benchmarks: $columns) { ${ROW} } } }
          }
        }`,
        variables: { columns },
      },
    },
    filter: {
      ours: {
        query: `query Filter($architectures: [String!]!, $least: Float!) {
          standings(domain: "vision") {
            leaderboard(where: { architecture: $architectures, parameterCount: { min: $least } }, first: 50) {
              nodes { rank model { name metadata { architecture parameterCount } } score { state value } }
            }
          }
        }`,
        variables: { architectures: ARCHITECTURES, least: LEAST_PARAMETERS },
      },
      postGraphile: {
        query: `query Filter($architectures: [String!]!, $least: Float!) {
          standings: benchmarkByIdentifier(identifier: "average_vision") {
            leaderboard: leaderboardWhere(architectures: $architectures, leastParameters: $least, first: 50) {
              nodes { rank model { name architecture parameterCount } state value }
            }
          }
        }`,
        variables: { architectures: ARCHITECTURES, least: LEAST_PARAMETERS },
      },
    },
  };
}
