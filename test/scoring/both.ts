import { referenceAnswers } from "../reference/reference";
import { coreAnswers } from "./core-answers";

/** The core and the reference: what is worked out by hand must hold of both. */
export const BOTH = [
  ["the core", coreAnswers],
  ["the reference", referenceAnswers],
] as const;
