/** Texts that break what is careless with them: SQL, patterns, markup, escapes, prototypes, and characters that are none. */
export const NASTY_TEXTS: readonly string[] = [
  ...["", " ", "\0", "a\0b", "\ud800", "\udfff\ud800", "\ufeff", "\uffff", "\u202e", "\u00e9", "e\u0301", "😀", "\r\n", "\u2028"],
  ...["%", "_", "%%%%", "\\", "\\%", "\\_", "_%", "[a-z]", ".*", "(a+)+$", "*", "?"],
  ...["'", "''", '"', "`", "$1", "$$", ";", "--", "/*", "' OR '1'='1", "'; DROP TABLE model; --", `"; DROP TABLE ledger; --`, "1) OR (1=1"],
  ...["') UNION SELECT hash FROM api_key --", "\\'; SELECT pg_sleep(20) --", "'||pg_sleep(20)||'", "E'\\\\x41'", ":name", "?1"],
  ...["__proto__", "constructor", "prototype", "toString", "hasOwnProperty", "__typename", "__defineGetter__", "valueOf", "then", "length"],
  ...[
    "<script>alert(1)</script>",
    "{{7*7}}",
    "${7*7}",
    "%s%n%x",
    "../../etc/passwd",
    "..\\..\\boot.ini",
    "file:///etc/passwd",
    "%00",
    "%2e%2e%2f",
  ],
  ...["NaN", "Infinity", "-Infinity", "-0", "null", "undefined", "true", "1e400", "0x10", "1_000", "[]", "{}", "[object Object]"],
  ...["2020-13-45", "0000-00-00", "+275760-09-13T00:00:00Z", "9999-12-31T23:59:60Z", "-000001-01-01", "2021-02-29", "1", "now", "infinity"],
  ...[
    "http://",
    "https://[::1",
    "javascript:alert(1)",
    "https://x".padEnd(5_000, "x"),
    "x".repeat(300),
    "x".repeat(20_000),
    "e\u0301".repeat(400),
  ],
];

/** Whole numbers at the edges of what can be counted, and beyond. */
export const NASTY_INTEGERS: readonly number[] = [
  0,
  -0,
  1,
  -1,
  100,
  101,
  1_000,
  2_147_483_647,
  -2_147_483_648,
  2_147_483_648,
  2 ** 53,
  1e21,
];

/** Numbers at the edges of what doubles and rules hold. JSON writes none that is not finite. */
export const NASTY_NUMBERS: readonly number[] = [
  0,
  -0,
  1e-320,
  5e-324,
  -1,
  1.5,
  0.1 + 0.2,
  1e12,
  1.000001e12,
  -1e12,
  1.7976931348623157e308,
];

/** Numbers as they may stand in a document or in JSON, which no double holds, or no grammar permits. */
export const NASTY_LITERALS: readonly string[] = [
  ...[
    "1e400",
    "-1e400",
    "-0",
    "-0.0",
    "1e-400",
    "9".repeat(400),
    "0.".padEnd(400, "1"),
    "00",
    "01",
    "+1",
    ".5",
    "5.",
    "1e",
    "0x1F",
    "1_000",
  ],
  ...["NaN", "Infinity", "-Infinity", "9007199254740993", "2147483648", "-2147483649"],
];

/** Names that objects have before anybody gives them one. */
export const NASTY_NAMES: readonly string[] = [
  ...["__proto__", "constructor", "prototype", "toString", "hasOwnProperty", "valueOf", "__schema", "__type", "__typename", "then"],
  ...["_entities", "_service", "on", "fragment", "query", "null", "true", "_", "__", "x".repeat(5_000)],
];
