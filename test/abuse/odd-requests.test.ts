import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { gzipSync } from "node:zlib";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "@jest/globals";
import { WebSocket } from "ws";
import { describeExports } from "../../src/server/exports/open-api";
import { askHttp } from "../support/ask-http";
import { joinedSchema } from "../support/joined";
import { askHonestly, faultOf } from "./judge";
import { NASTY_TEXTS } from "./nasty-values";
import { type Attacked, openAttacked } from "./open-attacked";
import { raw, sendRaw } from "./send-raw";

const MEGABYTE = 2 ** 20;
const POST = "POST /graphql HTTP/1.1\r\nhost: x\r\nconnection: close\r\ncontent-type: application/json";
const GOOD = `{"query":"{ domains { slug } }"}`;

const post = (body: string | Buffer, head = POST): Buffer => raw(`${head}\r\ncontent-length: ${Buffer.byteLength(body)}`, body);
const get = (path: string, head = ""): Buffer => raw(`GET ${path} HTTP/1.1\r\nhost: x\r\nconnection: close${head}`);

/** Bodies that are no question. */
const BODIES: Readonly<Record<string, string | Buffer>> = {
  ...Object.fromEntries(
    ["", " ", "null", "1", "-0", "1e999", `"x"`, "[]", "[{}]", "{}", "{", "[[", `{"query"`, "NaN", "undefined"].map((text) => [
      text || "nothing",
      text,
    ]),
  ),
  ...Object.fromEntries(
    ["null", "1", "{}", "[]", "true", `""`, `"\\u0000"`, `"\\ud800"`].flatMap((value) =>
      ["query", "variables", "operationName", "extensions"].map((name) => {
        const body = name === "query" ? `{"query":${value}}` : `{"query":"{ domains { slug } }","${name}":${value}}`;
        return [body, body];
      }),
    ),
  ),
  "invalid UTF-8": Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x3a, 0x31, 0x7d]),
  "invalid UTF-8 in the query": Buffer.concat([
    Buffer.from(`{"query":"{ domain(slug: \\"`),
    Buffer.from([0xc0, 0x80, 0xed, 0xa0, 0x80]),
    Buffer.from(`\\") { slug } }"}`),
  ]),
  "UTF-16": Buffer.from(GOOD, "utf16le"),
  "a byte order mark": `\ufeff${GOOD}`,
  "prototypes as keys": `{"__proto__":{"query":"x"},"constructor":{"prototype":{"a":1}},"query":"query($__proto__: String) { domain(slug: $__proto__) { slug } }","variables":{"__proto__":"vision","constructor":null,"hasOwnProperty":1,"toString":{}}}`,
  "a key twice": `{"query":"{ nothing }","query":"{ domains { slug } }"}`,
  "100,000 brackets": "[".repeat(100_000),
  "100,000 objects in each other": `{"query":"{ domains { slug } }","variables":${`{"a":`.repeat(40_000)}1${"}".repeat(40_000)}}`,
  "a filter 20,000 deep": `{"query":"query($f: ModelFilter) { models(domain: \\"vision\\", filter: $f) { totalCount } }","variables":{"f":${`{"not":`.repeat(20_000)}{}${"}".repeat(20_000)}}}`,
  "an id 40,000 lists deep": `{"query":"query($i: [ID!]!) { nodes(ids: $i) { id } }","variables":{"i":${"[".repeat(40_000)}${"]".repeat(40_000)}}}`,
  "huge integers": `{"query":"query($n: Int) { models(domain: \\"vision\\", first: $n) { totalCount } }","variables":{"n":${"9".repeat(1_000)}}}`,
  "a minus zero": `{"query":"query($n: Int) { models(domain: \\"vision\\", first: $n) { totalCount } }","variables":{"n":-0}}`,
  "a hash that is none": `{"extensions":{"persistedQuery":{"version":1,"sha256Hash":"__proto__"}}}`,
  "a hash of another version": `{"query":"{ domains { slug } }","extensions":{"persistedQuery":{"version":2,"sha256Hash":"${"0".repeat(64)}"}}}`,
  "a hash of another text": `{"query":"{ domains { slug } }","extensions":{"persistedQuery":{"version":1,"sha256Hash":"${"0".repeat(64)}"}}}`,
  "a hash of 200,000 characters": `{"extensions":{"persistedQuery":{"version":1,"sha256Hash":"${"0".repeat(200_000)}"}}}`,
  "a hash that is a list": `{"query":"{ domains { slug } }","extensions":{"persistedQuery":[{"version":1,"sha256Hash":["x"]}]}}`,
};

const MULTIPART = `--b\r\ncontent-disposition: form-data; name="operations"\r\n\r\n${GOOD}\r\n--b\r\ncontent-disposition: form-data; name="map"\r\n\r\n{"0":["variables.__proto__"]}\r\n--b`;
const typed = (type: string) => POST.replace("application/json", type);

/** Whole requests, as they come over the wire. */
const REQUESTS: Readonly<Record<string, Buffer>> = {
  ...Object.fromEntries(
    ["HEAD", "OPTIONS", "PUT", "DELETE", "PATCH", "TRACE", "PROPFIND", "FOO", "get", "CONNECT", "PRI"].map((method) => [
      `the method ${method}`,
      raw(`${method} /graphql HTTP/1.1\r\nhost: x\r\nconnection: close`),
    ]),
  ),
  "two lengths": raw(`${POST}\r\ncontent-length: 5\r\ncontent-length: 500`, GOOD),
  "a length and chunks": raw(`${POST}\r\ncontent-length: 5\r\ntransfer-encoding: chunked`, "0\r\n\r\n"),
  "a negative length": raw(`${POST}\r\ncontent-length: -1`, GOOD),
  "a length that is none": raw(`${POST}\r\ncontent-length: 1e3`, GOOD),
  "chunks of a size that is none": raw(`${POST}\r\ntransfer-encoding: chunked`, "zz\r\nxx\r\n"),
  "chunks of a huge size": raw(`${POST}\r\ntransfer-encoding: chunked`, "fffffffffffffffff\r\nxx\r\n"),
  "an encoding of transfer that nobody knows": raw(`${POST}\r\ntransfer-encoding: gzip, chunked`, "0\r\n\r\n"),
  "every header twice": raw(
    `${POST}\r\nhost: y\r\ncontent-type: text/plain\r\naccept: a\r\naccept: b\r\ncontent-length: ${GOOD.length}`,
    GOOD,
  ),
  "an absurd accept": post(GOOD, `${POST}\r\naccept: ${"*/*;q=0.1,".repeat(900)}`),
  "an accept that is none": post(GOOD, `${POST}\r\naccept: ;;;,,q=,/\u00ff`),
  "an accept of something else": post(GOOD, `${POST}\r\naccept: image/png`),
  "a header of 100 kB": post(GOOD, `${POST}\r\nx-large: ${"x".repeat(100_000)}`),
  "2,000 headers": post(GOOD, `${POST}\r\n${Array.from({ length: 2_000 }, (_, at) => `x-${at}: 1`).join("\r\n")}`),
  "headers named like prototypes": post(GOOD, `${POST}\r\n__proto__: x\r\nconstructor: y\r\nx-scoretree-revision: __proto__`),
  "a sealed revision that is forged": post(GOOD, `${POST}\r\nx-scoretree-revision: ${"A".repeat(80)}`),
  "a least revision that is none": post(GOOD, `${POST}\r\nx-scoretree-min-revision: 1e99`),
  "a trace that is none": post(GOOD, `${POST}\r\napollo-federation-include-trace: ftv1\r\ntraceparent: zz-zz`),
  "an absurd authorization": post(GOOD, `${POST}\r\nauthorization: Bearer ${"x".repeat(10_000)}`),
  "an authorization of another kind": post(GOOD, `${POST}\r\nauthorization: Basic Og==`),
  "a token of no algorithm": post(GOOD, `${POST}\r\nauthorization: Bearer eyJhbGciOiJub25lIn0.eyJzdWIiOiJib3NzIn0.`),
  "a forwarded address that is none": post(GOOD, `${POST}\r\nx-forwarded-for: ${"'; DROP TABLE model;--,".repeat(100)}`),
  "an if-none-match of anything": get("/graphql?query=%7Bdomains%7Bslug%7D%7D", `\r\nif-none-match: ${`W/"x",`.repeat(1_000)}`),
  "a range": get("/exports/vision/scores.csv", "\r\nrange: bytes=0-1,5-,-1"),
  "no host": raw("GET /graphql?query=%7Bdomains%7Bslug%7D%7D HTTP/1.1\r\nconnection: close"),
  "a host that is none": raw(`GET /exports/ HTTP/1.1\r\nhost: ${"a".repeat(5_000)}:99999/<script>\r\nconnection: close`),
  "an address with a host": raw("GET http://evil.test/graphql?query=%7Bdomains%7Bslug%7D%7D HTTP/1.1\r\nhost: x\r\nconnection: close"),
  "HTTP 1.0": raw("GET /health/live HTTP/1.0"),
  "HTTP 9.9": raw("GET /health/live HTTP/9.9\r\nhost: x"),
  "HTTP 2 at once": Buffer.from("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"),
  "a greeting of TLS": Buffer.from([0x16, 0x03, 0x01, 0x00, 0xf4, 0x01, 0x00, 0x00, 0xf0, 0x03, 0x03]),
  "bytes of anything": Buffer.from(Array.from({ length: 2_000 }, (_, at) => (at * 7919) % 256)),
  "an address of 20,000 characters": get(`/graphql?query=${"x".repeat(20_000)}`),
  "a query twice": get("/graphql?query=%7Bdomains%7Bslug%7D%7D&query=%7Bx%7D&variables=1&variables=2"),
  "variables that are no JSON": get("/graphql?query=%7Bdomains%7Bslug%7D%7D&variables=%7B&extensions=%5B"),
  "parameters that are no UTF-8": get("/graphql?query=%ff%fe&variables=%c0%80&%ff=%"),
  "parameters in brackets": get("/graphql?query[]=x&query[__proto__]=y&__proto__[a]=1&constructor.prototype.a=1"),
  "a mutation by GET": get("/graphql?query=mutation%7BcreateAccount(input:%7Bkey:%22x%22%7D)%7BuserErrors%7Bcode%7D%7D%7D"),
  "a line end in a parameter": get("/exports/vision/scores.csv?x=%0d%0aset-cookie:%20a=b"),
  gzip: post(gzipSync(GOOD), `${POST}\r\ncontent-encoding: gzip`),
  "a gzip bomb of 200 MB": post(gzipSync(Buffer.alloc(200 * MEGABYTE)), `${POST}\r\ncontent-encoding: gzip`),
  "an encoding that nobody knows": post(GOOD, `${POST}\r\ncontent-encoding: zstd, br, __proto__`),
  "no type": post(GOOD, POST.replace("\r\ncontent-type: application/json", "")),
  ...Object.fromEntries(
    [
      "text/plain",
      "application/json; charset=utf-16",
      "application/json; charset=",
      "application/graphql",
      "application/x-www-form-urlencoded",
      "application/json, text/plain",
      "/",
      "a/b/c;;;",
      "multipart/form-data",
      'multipart/mixed; boundary=""',
    ].map((type) => [`the type ${type}`, post(GOOD, typed(type))]),
  ),
  "a form in parts that has no end": post(MULTIPART, typed("multipart/form-data; boundary=b")),
  "a form in parts, preflighted": post(MULTIPART, `${typed("multipart/form-data; boundary=b")}\r\napollo-require-preflight: true`),
};

/** Addresses that lead out of where they begin, or nowhere. */
const PATHS = [
  ...[
    "/../package.json",
    "/%2e%2e/%2e%2e/etc/passwd",
    "/..%2f..%2fetc%2fpasswd",
    "/assets/..%2f..%2fpackage.json",
    "/assets/%2e%2e/%2e%2e/package.json",
  ],
  ...[
    "/graphiql/..%5c..%5cx",
    "/samples/vision/../../etc/passwd",
    "/samples/vision/..%2f..%2f..%2fetc%2fpasswd",
    "/samples/..%2fvision/a/1.png",
    "/samples/vision/%00",
  ],
  ...[
    "/samples/vision/a%2f1.png%00.txt",
    "/samples/%ff/%ff",
    "/samples/vision/" + "x".repeat(5_000),
    "/exports/..%2f..%2fetc/passwd",
    "/exports/vision/..%2fscores.csv",
  ],
  ...[
    "/exports/vision/scores.csv%00",
    "/exports/__proto__/scores.csv",
    "/exports/vision/__proto__",
    "/exports/vision/constructor.csv",
    "/exports/%00/scores.csv",
    "/exports/%E0%A4%A/scores.csv",
  ],
  ...[
    "//graphql",
    "/graphql/",
    "/graphql/../graphql",
    "/graphql/scores",
    "/graphql%00",
    "/%67raphql?query=%7Bdomains%7Bslug%7D%7D",
    "/GRAPHQL",
    "/%",
    "/%zz",
    "/%ff",
    "/\\",
    "/*",
    "/.git/config",
    "/.env",
  ],
  ...[
    "/vision/model/%00",
    "/vision/model/..%2f..%2f",
    "/vision/model/%ff",
    "/vision/benchmark/' OR 1=1",
    "/__proto__",
    "/constructor",
    "/%00",
    "/metrics%00",
    "/health/ready/../live",
    "/schema.graphql/..",
  ],
];

let open: Attacked;
beforeAll(async () => void (open = await openAttacked()));
afterAll(() => open?.close());

describe.each(["joined", "gateway"] as const)("%s", (served) => {
  afterEach(async () => expect(await askHonestly(open[served])).toBeNull());

  /** What is wrong with answers to whole requests, by their names. `isJson`: which of them are to be JSON. */
  async function faultsOf(requests: Readonly<Record<string, Buffer>>, isJson: (body: string) => boolean): Promise<Record<string, string>> {
    const faults: Record<string, string> = {};
    for (const [name, bytes] of Object.entries(requests)) {
      const told = await sendRaw(open[served].url, bytes);
      const fault = faultOf(told, bytes.toString(), isJson(told.body));
      if (fault) faults[name] = `${fault} ${told.body.slice(0, 200)}`;
    }
    return faults;
  }
  const looksLikeJson = (body: string) => body.startsWith("{") || body.startsWith("[");

  it("bodies that are no question are refused in JSON", async () => {
    const requests = Object.fromEntries(Object.entries(BODIES).map(([name, body]) => [name, post(body)]));
    expect(await faultsOf(requests, () => true)).toEqual({});
  });

  it("requests that are none, or odd, are refused or answered", async () => {
    expect(await faultsOf(REQUESTS, looksLikeJson)).toEqual({});
  });

  it("addresses lead to what is served, and to nothing else", async () => {
    const requests = Object.fromEntries(PATHS.flatMap((path) => [[path, get(path)], [`${path} as a page`, get(path, "\r\naccept: text/html")]])); // prettier-ignore
    expect(await faultsOf(requests, looksLikeJson)).toEqual({});
    for (const path of PATHS) expect((await sendRaw(open[served].url, get(path))).body).not.toMatch(/root:x:0|"devDependencies"|\[core\]/);
  });

  it("parameters of exports take what they take", async () => {
    const { components } = describeExports(joinedSchema().schema) as { components: { parameters: object } };
    const names = [...Object.keys(components.parameters), "__proto__", "among.__proto__", "only.constructor", "nothing", ""];
    const texts = NASTY_TEXTS.filter((text) => text.length < 1_000 && !/[\ud800-\udfff]/u.test(text));
    const faults: string[] = [];
    for (const [at, name] of names.entries())
      // Each name with some of the texts, all texts with some name.
      for (const text of texts.filter((_, place) => place % 6 === at % 6)) {
        const path = `/exports/vision/${["models.csv", "leaderboard.jsonl"][at % 2]}?${encodeURIComponent(name)}=${encodeURIComponent(text)}`;
        const begin = performance.now();
        const { status, body } = await askHttp(open[served].url, { path });
        const told = { status, body: Buffer.from(body, "latin1").toString(), milliseconds: performance.now() - begin };
        const fault = faultOf(told, `${path} ${text}`, status !== 200);
        if (fault) faults.push(`${path}: ${fault} ${told.body.slice(0, 200)}`);
      }
    expect(faults).toEqual([]);
    const many = `/exports/vision/models.csv?${"among.names=x&".repeat(1_000)}`;
    expect((await sendRaw(open[served].url, get(many))).status).toBeLessThan(500);
  });

  it.each([
    ["1 MB, its length said", MEGABYTE, false],
    ["1 MB in chunks", MEGABYTE, true],
    ["100 MB, their length said", 100 * MEGABYTE, false],
    ["100 MB in chunks", 100 * MEGABYTE, true],
  ])("a body of %s is refused, or its connection is closed", async (_, bytes, isChunked) => {
    const piece = Buffer.alloc(MEGABYTE / 4, "x");
    let sent = 0;
    function* pieces(): Generator<Buffer> {
      yield raw(isChunked ? `${POST}\r\ntransfer-encoding: chunked` : `${POST}\r\ncontent-length: ${bytes}`);
      for (; sent < bytes; sent += piece.length)
        yield isChunked ? Buffer.concat([Buffer.from(`${piece.length.toString(16)}\r\n`), piece, Buffer.from("\r\n")]) : piece;
      if (isChunked) yield Buffer.from("0\r\n\r\n");
    }
    const told = await sendRaw(open[served].url, pieces());
    // Who goes on sending may lose the connection before the answer is there.
    if (told.body === "") return;
    expect(faultOf(told)).toBeNull();
    expect([told.status, JSON.parse(told.body)]).toMatchObject([
      413,
      { errors: [{ extensions: { code: "TOO_MANY", limit: "bodyBytes" } }] },
    ]);
  });

  it("300 clients who send their headers or bodies byte by byte keep nobody waiting", async () => {
    const { hostname, port } = new URL(open[served].url);
    const slow: Socket[] = [];
    for (let at = 0; at < 300; at++) {
      const socket = connect(Number(port), hostname);
      socket.on("error", () => undefined);
      socket.write(at % 2 === 0 ? "POST /graphql HTTP/1.1\r\nhost: x\r\ncontent-ty" : raw(`${POST}\r\ncontent-length: 1000`, `{"query":`));
      slow.push(socket);
    }
    await Promise.all(slow.map(async (socket) => socket.connecting && once(socket, "connect")));
    for (let turn = 0; turn < 5; turn++) {
      for (const socket of slow) socket.write("x");
      const begin = performance.now();
      const { status, body } = await askHttp(open[served].url, { path: "/graphql", body: { query: "{ domains { slug } }" } });
      expect(faultOf({ status, body, milliseconds: performance.now() - begin })).toBeNull();
    }
    for (const socket of slow) socket.destroy();
  });

  it("WebSockets that speak of anything are closed with a reason, and no other", async () => {
    const HELLO = `{"type":"connection_init"}`;
    const speeches: (string | Buffer)[][] = [
      ...[
        ["x"],
        [""],
        ["null"],
        ["[]"],
        ["{}"],
        [`{"type":1}`],
        [`{"type":"__proto__"}`],
        [Buffer.from([0, 255, 254])],
        ["x".repeat(MEGABYTE)],
      ],
      [`{"id":"1","type":"subscribe","payload":{"query":"{ domains { slug } }"}}`],
      [`{"type":"connection_init","payload":{"authorization":["x"],"__proto__":{"a":1}}}`],
      [`{"type":"connection_init","payload":"x"}`],
      [HELLO, HELLO],
      ...["1", `"1"`, "{}", `"__proto__"`].map((id) => [
        HELLO,
        `{"id":${id},"type":"subscribe","payload":{"query":"subscription { nothing }"}}`,
      ]),
      ...["null", "1", "[]", "{}", `{"query":1}`, `{"query":"{"}`, `{"query":"mutation { x }","variables":[]}`].map((payload) => [HELLO, `{"id":"1","type":"subscribe","payload":${payload}}`]), // prettier-ignore
      [HELLO, ...Array.from({ length: 50 }, (_, at) => `{"id":"${at}","type":"subscribe","payload":{"query":"subscription { standingsChanged(domain: \\"vision\\") { revision } }"}}`)], // prettier-ignore
      [HELLO, ...[1, 2].map(() => `{"id":"1","type":"subscribe","payload":{"query":"subscription { standingsChanged(domain: \\"vision\\") { revision } }"}}`)], // prettier-ignore
      [HELLO, `{"id":"9","type":"complete"}`, `{"type":"pong","payload":{}}`, `{"type":"ping"}`],
    ];
    for (const speech of speeches) {
      const socket = new WebSocket(`${open[served].url.replace("http", "ws")}/graphql`, "graphql-transport-ws");
      const heard: string[] = [];
      socket.on("message", (message) => heard.push(String(message)));
      socket.on("error", () => undefined);
      const closed = once(socket, "close").then(([code, reason]) => `${code} ${String(reason)}`);
      await once(socket, "open");
      for (const message of speech) socket.send(message);
      // What follows everything else is answered last, unless it was closed before.
      socket.send(`{"type":"ping","payload":{"last":true}}`);
      const isAnswered = new Promise<string>((resolve) =>
        socket.on("message", (message) => String(message).includes("last") && resolve("open")),
      );
      const end = await Promise.race([closed, isAnswered]);
      expect([speech[0].slice(0, 60), end]).toEqual([
        speech[0].slice(0, 60),
        expect.stringMatching(/^(open|44\d\d .*|1009 .*|100[27] .*)$/s),
      ]);
      expect(heard.join("\n")).not.toMatch(/INTERNAL_SERVER_ERROR|node_modules/);
      socket.terminate();
    }
  });
});

it("no server wrote an error to its log", () => {
  for (const server of [open.joined, open.subgraphs, open.gateway])
    expect(
      server
        .printed()
        .match(/"level":[56]0.*/g)
        ?.slice(0, 3),
    ).toBeUndefined();
});
