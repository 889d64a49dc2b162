import type { FastifyRequest } from "fastify";
import type { Board } from "../board/board";
import type { Viewer } from "../board/viewer";
import { badInput, ExpectedError } from "../errors";
import { openRevision, sealRevision, type Sealed } from "../federation/sealed-revision";
import type { Answering, Asking } from "./asking";
import type { RequestContext } from "./request-context";

/** Asks to be answered from exactly this revision, and tells which one an answer is from. */
export const EXACT = "x-scoretree-revision";

/** Asks to be answered from this revision or a later one; the answer to a mutation tells the one that it wrote. */
export const LEAST = "x-scoretree-min-revision";

/** What answers differ by, besides `Authorization` and `Accept`. */
export const VARYING = [EXACT, LEAST];

/** How long a request waits for this process to read the facts that it asks for, in milliseconds. */
const PATIENCE = 10_000;

/** The boards that a process can answer from. */
export interface Boards {
  /** The newest board. */
  readonly board: () => Board;
  /** The newest board, once it holds the fact of this revision. Default: nothing is ever written. */
  readonly atLeast?: (revision: number) => Promise<Board>;
  /** The board of exactly a revision, once this process holds it; null if it is too old to be kept. Default: the newest or none. */
  readonly exactly?: (revision: number) => Promise<Board | null>;
  /** Boards that were the newest a while ago, the oldest first. Default: none. */
  readonly recent?: () => readonly Board[];
}

/** The board that a request is answered from, and whether it asked for exactly that one. */
export interface Chosen {
  readonly board: Board;
  readonly isPinned: boolean;
}

/**
 * Chooses the board that a request asks for by its headers; without one, the newest. Throws BAD_USER_INPUT on what is no revision that an
 * answer named, EXPIRED_REVISION if that is kept no longer, and UNAVAILABLE if this process cannot read it in time.
 */
export async function chooseBoard(headers: FastifyRequest["headers"], viewer: Viewer, boards: Boards): Promise<Chosen> {
  const [exact, least] = [EXACT, LEAST].map((name) => read(headers, name, boards.board().catalog.ledger.idKey));
  if (exact) {
    const board = await inTime(exactly(exact, viewer, boards));
    if (board) return { board, isPinned: true };
    throw new ExpectedError("EXPIRED_REVISION", `The revision in \`${EXACT}\` is kept no longer. Ask again without it.`);
  }
  if (!least) return { board: boards.board(), isPinned: false };
  const board = await inTime(boards.atLeast?.(least.revision) ?? Promise.resolve(boards.board()));
  if (board.catalog.ledger.revision < least.revision) throw unavailable();
  return { board, isPinned: false };
}

/**
 * Waits until this process holds the facts that a subscription is to begin from. Throws as `chooseBoard` does, and BAD_USER_INPUT where an
 * exact revision is asked for: events are about what comes.
 */
export async function reachBoard(headers: FastifyRequest["headers"], boards: Boards): Promise<void> {
  if (headers[EXACT] !== undefined) throw badInput(`A subscription is about what comes: it cannot be asked for by \`${EXACT}\`.`);
  await chooseBoard(headers, null, boards);
}

/** The revision of a board, sealed. */
export const sealBoard = ({ catalog: { ledger } }: Board): string => sealRevision(ledger.idKey, ledger);

function read(headers: FastifyRequest["headers"], name: string, idKey: Buffer): Sealed | null {
  const given = headers[name];
  if (given === undefined) return null;
  const sealed = typeof given === "string" ? openRevision(idKey, given) : null;
  if (!sealed) throw badInput(`\`${name}\` must be what an answer gave as such.`);
  return sealed;
}

/**
 * The board of exactly a revision. Private writes use up the room for earlier boards, so that one is gone tells of them; but to all except
 * admins every board of the same public revision says the same, but for what they may have written themselves meanwhile (§10).
 */
async function exactly(
  { revision, publicRevision }: Sealed,
  viewer: Viewer,
  { board, exactly: find, recent }: Boards,
): Promise<Board | null> {
  const found = await find?.(revision);
  if (found || viewer?.isAdmin) return found ?? null;
  const isSame = ({ catalog: { ledger } }: Board) => ledger.publicRevision === publicRevision && ledger.revision >= revision;
  return [...(recent?.() ?? []), board()].find(isSame) ?? null;
}

const unavailable = () => new ExpectedError("UNAVAILABLE", "The facts that this request asks for could not be read in time. Try again.");

function inTime<T>(promise: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => (timer = setTimeout(() => reject(unavailable()), PATIENCE)));
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}

/**
 * Names the revision of an answer to who may need it: a gateway, who asked by one, or who wrote. Who asked by one gets that back where it
 * says the same to them (§10), whichever board they were answered from.
 */
export function nameSealed(reply: Pick<Answering, "header">, { headers }: Asking, context: RequestContext, isForGateway: boolean): void {
  const { ledger } = context.view.catalog;
  const { isMutation } = context.progress;
  const seal = () => sealRevision(ledger.idKey, ledger);
  const exact = headers[EXACT];
  const given = typeof exact === "string" ? openRevision(ledger.idKey, exact) : null;
  const isSame =
    given !== null && (context.viewer?.isAdmin ? given.revision === ledger.revision : given.publicRevision === ledger.publicRevision);
  if (isForGateway || exact !== undefined) void reply.header(EXACT, isSame && !isMutation ? (exact as string) : seal());
  if (isMutation) void reply.header(LEAST, seal());
}
