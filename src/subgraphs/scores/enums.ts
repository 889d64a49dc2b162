import { registerEnumType } from "type-graphql";
import { FAILED, NOT_RUN, SCORED, type State } from "../../scoring/column";

/** What is known of a cell. The values are those of the scoring core's columns. */
export const ScoreState = { SCORED, FAILED, NOT_RUN } as const satisfies Record<string, State>;

registerEnumType(ScoreState, {
  name: "ScoreState",
  description: "What is known of one model on one benchmark.",
  valuesConfig: {
    SCORED: { description: "It has a value." },
    FAILED: { description: "It was run and gave no number; shown as `X`." },
    NOT_RUN: { description: "It was never run; shown as nothing." },
  },
});
