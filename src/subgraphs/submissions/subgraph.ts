import { foreign, owned } from "../../federation/entity";
import type { Subgraph } from "../../federation/subgraph";
import { Account } from "./account";
import { AccountKeyFields } from "./accounts/account-fields";
import { AccountMutations } from "./accounts/account-mutations";
import { ApiKey } from "./accounts/api-key";
import { keyById } from "./accounts/key-loaders";
import { Contributor } from "./contributor";
import { Observation } from "./foreign";
import { accountById, contributorById, submissionById } from "./loaders";
import { SubmissionsQueries } from "./queries";
import { RateLimitQueries } from "./rate-limit";
import { ScoreMutations } from "./score-mutations";
import { Submission } from "./submission";
import { AccountFields, SubmissionFields } from "./submission-fields";

/** Accounts with their keys, the contributors that they are to others, and what they hand in. */
export const submissions: Subgraph = {
  name: "submissions",
  resolvers: [SubmissionsQueries, RateLimitQueries, ScoreMutations, AccountFields, SubmissionFields, AccountMutations, AccountKeyFields],
  entities: {
    Account: owned(Account, (id, context) => accountById(context, id)),
    ApiKey: owned(ApiKey, (id, context) => keyById(context, id)),
    Contributor: owned(Contributor, (id, context) => contributorById(context, id)),
    Submission: owned(Submission, (id, context) => submissionById(context, id)),
    Observation: foreign(Observation),
  },
  work: { sizes: { "RetractScoresPayload.observations": 100 } },
};
