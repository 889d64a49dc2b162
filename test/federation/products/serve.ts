// The products subgraph, its two neighbours and a gateway over all three, at 127.0.0.1: ports by the environment, any free one without.
// Prints one line of JSON when all of them answer: { "products": "http://…", "gateway": "http://…" }.
import { ApolloServer } from "@apollo/server";
import { ApolloServerPluginInlineTrace } from "@apollo/server/plugin/inlineTrace";
import { startStandaloneServer } from "@apollo/server/standalone";
import { composeServices } from "@theguild/federation-composition";
import { type DocumentNode, type GraphQLSchema, parse } from "graphql";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, request } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { readConfig } from "../../../src/config";
import { standalone } from "../../../src/federation/standalone";
import { buildSubgraph } from "../../../src/federation/subgraph";
import { startGateway } from "../../../src/server/gateway/start-gateway";
import { createLogger } from "../../../src/server/logger";
import { requestContext } from "../request-context";
import { NEIGHBOURS } from "./neighbours";
import { products } from "./products";

async function serve(schema: GraphQLSchema, port: string | undefined, plugins = [ApolloServerPluginInlineTrace()]): Promise<string> {
  const server = new ApolloServer({ schema, plugins });
  const listen = { host: "127.0.0.1", port: Number(port ?? 0) };
  return (await startStandaloneServer(server, { listen, context: async () => requestContext() })).url;
}

/** Serves this project's gateway at `/`, where the suite asks; it answers `/graphql` itself. */
async function serveGateway(services: { name: string; url: string; typeDefs: DocumentNode }[], port: string | undefined): Promise<string> {
  const { errors, supergraphSdl } = composeServices(services);
  if (!supergraphSdl) throw new Error(`The subgraphs do not compose: ${errors?.map(({ message }) => message).join("\n")}`);
  const supergraphFile = path.join(mkdtempSync(path.join(tmpdir(), "products-")), "supergraph.graphql");
  writeFileSync(supergraphFile, supergraphSdl);
  const { url } = await startGateway({ ...readConfig({}), port: 0 }, { logger: createLogger("error"), supergraphFile });
  rmSync(path.dirname(supergraphFile), { recursive: true });
  const server = createServer((asked, answer) => {
    const onward = request(`${url}/graphql`, { method: asked.method, headers: asked.headers }, (got) => {
      answer.writeHead(got.statusCode!, got.headers);
      got.pipe(answer);
    });
    onward.on("error", () => answer.destroy());
    asked.pipe(onward);
  });
  await new Promise<void>((resolve, reject) => server.once("error", reject).listen(Number(port ?? 0), "127.0.0.1", resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}

async function main(): Promise<void> {
  const built = buildSubgraph(products);
  const own = { name: products.name, url: await serve(standalone(built), process.env.PRODUCTS_PORT), typeDefs: parse(built.sdl) };
  const others = await Promise.all(
    NEIGHBOURS.map(async ({ name, schema, typeDefs }) => ({ name, typeDefs, url: await serve(schema, undefined, []) })),
  );
  console.log(JSON.stringify({ products: own.url, gateway: await serveGateway([own, ...others], process.env.ROUTER_PORT) }));
}

main().catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});
