import { ExpectedError } from "../../errors";

const shown = (text: string): string => (text.length > 100 ? `${text.slice(0, 100)}…` : text);

/** A parameter of an address that is wrong: BAD_USER_INPUT, which tells programs and people where, what was expected and what was got. */
export function badParameter(parameter: string, expected: string, got: string): ExpectedError {
  const details = { parameter, expected, got: shown(got) };
  return new ExpectedError("BAD_USER_INPUT", `\`${parameter}\`: expected ${expected}; got ${JSON.stringify(details.got)}.`, details);
}
