import { type Append, appendFacts } from "../database/append-facts";
import type { Viewer } from "../board/viewer";
import { isText } from "../database/texts";
import { type Context, databaseOf } from "./context";
import { type UserError, UserErrorCode } from "./user-error";

/** What every payload has. A new one is that of a refused input: each other field null, or an empty list. */
export interface Payload {
  userErrors: UserError[];
  /** Filled in by `mutate` where the payload has it. */
  revision?: string | null;
}

type Path = readonly (string | number)[];

/** What a mutation works with: the append of its transaction, and where it tells what is wrong with its input. */
export interface Writing extends Append {
  /** Who writes. */
  readonly account: NonNullable<Viewer>;
  /**
   * Notes a fault of the input; nothing will be written. Go on looking for further ones. `message` says what was expected and what was
   * got, and ends with a full stop.
   */
  refuse(code: keyof typeof UserErrorCode, path: Path, message: string): void;
  /** True once something was refused: then what is written is taken back in the end. */
  readonly isRefused: boolean;
}

export interface Mutation<P extends Payload> {
  /** Class of the payload. */
  readonly payload: new () => P;
  /** Name of the mutation, for the audit. */
  readonly name: string;
  /** The whole input: texts that no fact may hold are refused before anything else is looked at. */
  readonly input: object;
  /** Default: any account. */
  readonly needs?: "account" | "admin";
  /** Everything is done but kept: the facts stay as they are, and the payload's fields empty. Default false. */
  readonly isDryRun?: boolean;
}

/** Most faults that are told of one input; then it is said that there are more. */
const MOST_FAULTS = 100;
const MORE = `There are more faults than these: the first ${MOST_FAULTS} are told.`;

/** Ends a transaction that is not to be kept. */
export class TakenBack extends Error {}

/**
 * Runs a mutation as one transaction, all or nothing, and makes its payload. `write` notes what is wrong with the input and writes facts;
 * what it gives back makes the payload's fields, once this request has moved to a board that holds what was written. If anything was
 * refused, nothing is written and the payload names the faults. Other writers wait meanwhile, so what `write` reads holds until it ends.
 */
export async function mutate<P extends Payload>(
  context: Context,
  mutation: Mutation<P>,
  write: (writing: Writing) => Promise<() => Partial<P> | Promise<Partial<P>>>,
): Promise<P> {
  const { answer, refuse, account } = openMutation(context, mutation);
  if (account === null) return answer;

  let fields: () => Partial<P> | Promise<Partial<P>>;
  let revision: number;
  try {
    const { accountPk, apiKeyPk } = account;
    const appended = await appendFacts(databaseOf(context), { accountPk, apiKeyPk, source: mutation.name }, async (append) => {
      const writing = {
        ...append,
        account,
        refuse,
        get isRefused() {
          return answer.userErrors.length > 0;
        },
      };
      const made = await write(writing);
      if (writing.isRefused || mutation.isDryRun) throw new TakenBack();
      return made;
    });
    ({ result: fields, revision } = appended);
  } catch (error) {
    if (error instanceof TakenBack) return answer;
    throw error;
  }
  await context.reach(revision);
  Object.assign(answer, await fields());
  if ("revision" in answer) answer.revision = context.view.revision;
  return answer;
}

/** The payload of a mutation that begins. `account` is null if it is refused already, for who asks or for a text in its input. */
export function openMutation<P extends Payload>(
  { viewer }: Context,
  { payload, input, needs = "account" }: Omit<Mutation<P>, "name">,
): { answer: P; refuse: Writing["refuse"]; account: Writing["account"] | null } {
  const answer = new payload();
  answer.userErrors = [];
  const refuse: Writing["refuse"] = (code, path, message) => {
    const told = answer.userErrors.length;
    if (told < MOST_FAULTS) answer.userErrors.push({ code: UserErrorCode[code], message, path: path.map(String) });
    if (told === MOST_FAULTS) answer.userErrors.push({ code: UserErrorCode.TOO_MANY, message: MORE, path: [] });
  };
  if (viewer === null) refuse("NOT_ALLOWED", [], "This needs an account. Send an API key: Authorization: Bearer <key>.");
  else if (needs === "admin" && !viewer.isAdmin) refuse("NOT_ALLOWED", [], "Only an admin may do this.");
  else refuseUnstorable(input, [], refuse);
  return { answer, refuse, account: answer.userErrors.length > 0 ? null : viewer };
}

/** Refuses texts that no fact may hold, wherever in the input they stand. */
function refuseUnstorable(value: unknown, path: Path, refuse: Writing["refuse"]): void {
  if (typeof value === "string" && !isText(value)) refuse("INVALID", path, "Expected text without NUL or half a surrogate pair.");
  if (typeof value === "object" && value !== null && !(value instanceof Date))
    for (const [key, each] of Object.entries(value)) refuseUnstorable(each, [...path, key], refuse);
}
