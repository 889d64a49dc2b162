import type { FastifyBaseLogger } from "fastify";
import type { ExecutionResult, GraphQLError } from "graphql";
import type { ExpectedError } from "../../errors";
import type { OperationWork } from "../limits/operation-work";
import { PinnedRevision } from "./pinned-revision";

export interface GatewayContextOptions {
  readonly request: { readonly id: string; readonly log: FastifyBaseLogger };
  /** The caller's own credential, as it came: the subgraphs check it. */
  readonly authorization?: string;
  /** The sealed revision that the caller wants to be answered from. */
  readonly exact?: string;
  /** A sealed revision that the caller wants to be answered from, or from a later one. */
  readonly least?: string;
  /** Tells when the caller has gone. */
  readonly signal: AbortSignal;
  /** What limits know of it. Default: nothing, as of subscriptions. */
  readonly work?: OperationWork;
}

interface Progress {
  isOperation: boolean;
  refusal: ExpectedError | null;
  isOfOthers: boolean;
  answered: ExecutionResult | null;
  isWhole: boolean;
}

/** What the gateway knows of one operation that it answers. */
export class GatewayContext {
  /**
   * `isOperation` is true once the request turned out to hold the text of an operation. `refusal`: why a subgraph refused the caller's
   * credential. `isOfOthers`: a subgraph that is not of the platform was asked, of which nobody knows when its answers change. `answered`:
   * what was found out before Apollo was asked, if it was. `isWhole`: the answer is one for everybody, at the revision that it names. In an
   * object of its own, since Apollo executes with a shallow copy of the context.
   */
  readonly progress: Progress = { isOperation: false, refusal: null, isOfOthers: false, answered: null, isWhole: false };
  readonly pinned: PinnedRevision;
  /** What a subgraph told last of a subscription that it ended. */
  ending: readonly GraphQLError[] = [];
  readonly request: GatewayContextOptions["request"];
  readonly authorization: string | undefined;
  readonly signal: AbortSignal;
  readonly work: OperationWork | null;

  constructor({ request, authorization, signal, work, ...wanted }: GatewayContextOptions) {
    this.request = request;
    this.authorization = authorization;
    this.signal = signal;
    this.work = work ?? null;
    this.pinned = new PinnedRevision(wanted);
  }
}
