import { Kind } from "graphql";
import { DateOnly, firstInstant } from "../../src/federation/date-only";
import { DateTime, Url } from "../../src/federation/scalars";

const attempt = (make: () => string): string | null => {
  try {
    return make();
  } catch {
    return null;
  }
};

const parse = (value: unknown) => DateTime.parseValue(value);

describe("DateTime", () => {
  test.each([
    ["2021-03-01T12:00:00Z", "2021-03-01T12:00:00.000Z"],
    ["2021-03-01t12:00:00z", "2021-03-01T12:00:00.000Z"],
    ["2021-03-01T12:00:00.5+02:00", "2021-03-01T10:00:00.500Z"],
    ["2021-03-01T12:00:00.123999-09:30", "2021-03-01T21:30:00.123Z"],
    ["2020-02-29T23:59:59+00:00", "2020-02-29T23:59:59.000Z"],
    ["0001-01-01T00:00:00Z", "0001-01-01T00:00:00.000Z"],
  ])("reads %s as %s", (text, instant) => {
    expect(parse(text).toISOString()).toBe(instant);
    expect(parse(text)).not.toBeInstanceOf(DateOnly);
    expect(DateTime.parseLiteral({ kind: Kind.STRING, value: text }).toISOString()).toBe(instant);
  });

  test("reads a date as its last instant in UTC, and as its first in `from` (§8)", () => {
    const date = parse("2021-03-01");
    expect(date).toBeInstanceOf(DateOnly);
    expect(date.toISOString()).toBe("2021-03-01T23:59:59.999Z");
    expect(firstInstant(date).toISOString()).toBe("2021-03-01T00:00:00.000Z");
    const instant = parse("2021-03-01T12:00:00Z");
    expect(firstInstant(instant)).toBe(instant);
  });

  test.each<[unknown, string]>([
    ["2021-03-01T12:00:00", "a time without an offset"],
    ["2021-02-29", "a day that no calendar has"],
    ["2021-02-29T00:00:00Z", "an instant of such a day"],
    ["2021-13-01", "a month that no year has"],
    ["2021-03-01T24:00:00Z", "an hour 24"],
    ["2021-03-01T23:59:60Z", "a leap second"],
    ["2021-03-01T12:00:00+24:00", "an offset of a day"],
    ["2021-3-1", "short numbers"],
    ["01.03.2021", "another notation"],
    ["2021-03-01 12:00:00Z", "a space"],
    ["", "nothing"],
    [1614556800000, "a number"],
    [null, "null"],
    [{}, "an object"],
    ["x".repeat(10_000), "a long text"],
  ])("refuses %j: %s", (value: unknown, _reason: string) => {
    expect(() => parse(value)).toThrow(/^Expected an instant with an offset, such as 2021-03-01T12:00:00Z, or a date, such as .{1,140}$/);
  });

  test("shows dates and epoch milliseconds in UTC with milliseconds", () => {
    expect(DateTime.serialize(new Date("2021-03-01T12:00:00+02:00"))).toBe("2021-03-01T10:00:00.000Z");
    expect(DateTime.serialize(0)).toBe("1970-01-01T00:00:00.000Z");
    for (const value of [NaN, new Date(NaN), "2021-03-01", null]) expect(() => DateTime.serialize(value)).toThrow("cannot show");
  });
});

describe("URL", () => {
  test.each(["https://example.org", "http://127.0.0.1:4000/samples/a%20b.png?x=1#y", "HTTPS://Example.org/ü"])(
    "keeps %s as written",
    (text) => {
      expect(Url.parseValue(text)).toBe(text);
      expect(Url.serialize(text)).toBe(text);
    },
  );

  test("judges addresses of an origin that it has seen as the URL standard does", () => {
    const origins = ["https://example.org", "https://example.org:8080", "https://a:b@example.org"];
    for (const origin of origins) expect(Url.serialize(`${origin}/x`)).toBe(`${origin}/x`);
    const rests = [
      "",
      "/",
      " ",
      " /x",
      "/ x",
      "/%zz",
      "?%",
      "#\u0000",
      ":99999/",
      ":x",
      "\\x",
      "\t",
      "\tx/",
      ".",
      "..",
      "%00/",
      "/\ud800",
      "@/",
      "[/",
      "^",
      "\u00ad/",
    ];
    for (const text of origins.flatMap((origin) => rests.map((rest) => origin + rest)))
      for (let time = 0; time < 2; time++) expect([text, URL.canParse(text)]).toEqual([text, attempt(() => Url.serialize(text)) === text]);
  });

  test.each(["example.org", "/samples/a.png", "ftp://example.org", "javascript:alert(1)", "https://", "https:example.org", "", 5, null])(
    "refuses %j",
    (value) => {
      expect(() => Url.parseValue(value)).toThrow("Expected an absolute address that begins with http:// or https://");
      expect(() => Url.serialize(value)).toThrow("Expected an absolute address");
    },
  );
});
