import { badInput } from "../errors";
import { DateTime } from "../federation/scalars";

/** An instant or a date as the API takes them. Throws BAD_USER_INPUT, with the name of the option that it is of. */
export function readInstant(option: string, text: string): Date {
  try {
    return DateTime.parseValue(text);
  } catch (error) {
    throw badInput(`${option}: ${(error as Error).message}`);
  }
}
