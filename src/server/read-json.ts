import { badInput } from "../errors";
import { isTooDeep, MOST_LEVELS } from "./is-too-deep";

const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** The value of a JSON body. Throws BAD_USER_INPUT unless it is UTF-8, strictly, and JSON. An empty body is undefined. */
export function readJson(body: Buffer): unknown {
  if (body.length === 0) return undefined;
  let text: string;
  try {
    text = utf8.decode(body);
  } catch {
    throw badInput("The body is not UTF-8.");
  }
  let value: unknown;
  try {
    value = JSON.parse(text) as unknown;
  } catch (error) {
    throw badInput(`The body is not JSON: ${(error as Error).message}.`);
  }
  if (isTooDeep(value)) throw badInput(`The body has more than ${MOST_LEVELS} lists and objects within each other.`);
  return value;
}
