import type { Seeded } from "../../bench/seeded";
import { NASTY_LITERALS, NASTY_NAMES, NASTY_TEXTS } from "./nasty-values";

const TOKEN = /"(?:[^"\\]|\\.)*"|\.\.\.|[$@]?\w+|-?[\w.]+|[^\s]/gs;

/** Conditions that are right, that need what is not there, and that nobody knows. */
const DIRECTIVES = [
  ...[
    "@include(if: true)",
    "@skip(if: false)",
    "@include(if: $nothing)",
    "@skip",
    `@include(if: "true")`,
    "@include(if: true) @include(if: true)",
  ],
  ...["@defer", "@stream(initialCount: 1)", "@deprecated", "@cost(weight: 0)", `@key(fields: "id")`, "@__proto__", "@specifiedBy(url: 1)"],
];

/** What stands in a document where it must not, or changes what comes after it. */
const PIECES = [
  ...["{", "}", "(", ")", "[", "]", ":", "=", "!", "|", "&", "...", "... @include(if: true) { __typename }", "... on Query { __typename }"],
  ...[
    "...Nothing",
    "fragment",
    "subscription",
    "query",
    "#",
    '"',
    '"""',
    "\\",
    "\0",
    "\ufeff",
    "\ud800",
    "$",
    "@",
    "null",
    "$__proto__",
    ",",
  ],
  ...["__schema { types { name } }", `__type(name: "__proto__") { fields { name } }`, "_entities(representations: []) { __typename }"],
];

/** Changes a document in one to three places, so that it may no longer be one, or ask for something else. */
export function spoilDocument(text: string, random: Seeded): string {
  const pick = <T>(values: readonly T[]): T => values[random.integer(values.length)];
  const tokens = text.match(TOKEN) ?? [];
  const at = () => random.integer(tokens.length);
  const places = (is: (token: string) => boolean) => [...tokens.keys()].filter((place) => is(tokens[place]));
  const put = (is: (token: string) => boolean, value: string) => {
    const found = places(is);
    if (found.length > 0) tokens[pick(found)] = value;
  };
  const changes = [
    () => tokens.splice(at(), 1),
    () => tokens.splice(at(), 0, tokens[at()]),
    () => void (tokens[at()] = tokens[at()]),
    () => tokens.splice(at(), 0, pick(PIECES)),
    () => tokens.splice(at() + 1, 0, pick(DIRECTIVES)),
    () => put((token) => /^[a-z_]\w*$/i.test(token), pick(NASTY_NAMES)),
    () => put((token) => token.startsWith("$"), `$${pick(NASTY_NAMES)}`),
    () => put((token) => /^-?\d/.test(token), pick(NASTY_LITERALS)),
    () => put((token) => token.startsWith('"'), JSON.stringify(pick(NASTY_TEXTS))),
    () => put((token) => token.startsWith('"'), pick(["null", "[]", "{}", "1", "odd", "$nothing", "[[]]", '{odd: "x"}', '"""a block"""'])),
    () => void (tokens.length = at()),
  ];
  for (let count = 1 + random.integer(3); count > 0 && tokens.length > 0; count--) pick(changes)();
  return tokens.join(" ");
}
