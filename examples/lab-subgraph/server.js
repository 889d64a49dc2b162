// A subgraph of a lab: it knows scoretree's models and benchmarks by name, and adds fields of its own to them.
import { buildSubgraphSchema } from "@apollo/subgraph";
import DataLoader from "dataloader";
import { parse } from "graphql";
import { createHandler } from "graphql-http/lib/use/http";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";

const file = (name) => new URL(name, import.meta.url);

/** Reads what the lab knows. Yours may be a database. */
const readNotes = async () => JSON.parse(await readFile(file("notes.json"), "utf8"));

/** One value a key, in the order of the keys, from one reading for all of them. */
const batched = (find) => new DataLoader(async (keys) => keys.map(find(await readNotes())), { cacheKeyFn: JSON.stringify });

/** Made anew for each request. */
const loaders = () => ({
  code: batched(
    ({ code }) =>
      ([domain, model]) =>
        code.filter((link) => link.domain === domain && link.model === model),
  ),
  modelNotes: batched(
    ({ notes }) =>
      ([domain, model]) =>
        notes.filter((note) => note.domain === domain && note.model === model),
  ),
  benchmarkNotes: batched(
    ({ notes }) =>
      ([domain, benchmark]) =>
        notes.filter((note) => note.domain === domain && note.benchmark === benchmark),
  ),
  note: batched(
    ({ notes }) =>
      (id) =>
        notes.find((note) => note.id === id) ?? null,
  ),
});

// A gateway sends the keys of all models of an answer in one request. There is nothing to look up for a key alone, so no
// __resolveReference: it is taken as it is, and each field that is asked for loads what it needs, all models in one batch.
const resolvers = {
  Query: {
    labNotes: async () => (await readNotes()).notes.toSorted((a, b) => b.writtenOn.localeCompare(a.writtenOn)),
  },
  LabNote: {
    __resolveReference: ({ id }, { note }) => note.load(id),
    model: ({ domain, model }) => (model ? { domain: { slug: domain }, name: model } : null),
    benchmark: ({ domain, benchmark }) => (benchmark ? { domain: { slug: domain }, identifier: benchmark } : null),
  },
  Model: {
    code: ({ domain, name }, _, { code }) => code.load([domain.slug, name]),
    labNotes: ({ domain, name }, _, { modelNotes }) => modelNotes.load([domain.slug, name]),
  },
  Benchmark: {
    labNotes: ({ domain, identifier }, _, { benchmarkNotes }) => benchmarkNotes.load([domain.slug, identifier]),
  },
};

const schema = buildSubgraphSchema({ typeDefs: parse(await readFile(file("schema.graphql"), "utf8")), resolvers });
const answer = createHandler({ schema, context: loaders });

const server = createServer((request, response) => {
  const { pathname } = new URL(request.url, "http://lab");
  if (pathname === "/graphql") return void answer(request, response);
  response.writeHead(pathname === "/health" ? 200 : 404, { "content-type": "application/json" });
  response.end(JSON.stringify(pathname === "/health" ? { status: "live" } : { error: "There is nothing here." }));
});

const { PORT = "4100", HOST = "127.0.0.1" } = process.env;
server.listen(Number(PORT), HOST, () => console.log(`The lab's subgraph is at http://${HOST}:${server.address().port}/graphql`));
for (const signal of ["SIGTERM", "SIGINT"]) process.once(signal, () => server.close(() => process.exit(0)));
