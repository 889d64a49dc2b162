// The products subgraph, its two neighbours and a gateway over all three, at 127.0.0.1: ports by the environment, any free one without.
// Prints one line of JSON when all of them answer: { "products": "http://…", "gateway": "http://…" }.
import { ApolloServer } from "@apollo/server";
import { ApolloServerPluginInlineTrace } from "@apollo/server/plugin/inlineTrace";
import { startStandaloneServer } from "@apollo/server/standalone";
import { createGatewayRuntime } from "@graphql-hive/gateway-runtime";
import { composeServices } from "@theguild/federation-composition";
import { type DocumentNode, type GraphQLSchema, parse } from "graphql";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { standalone } from "../../../src/federation/standalone";
import { buildSubgraph } from "../../../src/federation/subgraph";
import { requestContext } from "../request-context";
import { NEIGHBOURS } from "./neighbours";
import { products } from "./products";

async function serve(schema: GraphQLSchema, port: string | undefined, plugins = [ApolloServerPluginInlineTrace()]): Promise<string> {
  const server = new ApolloServer({ schema, plugins });
  const listen = { host: "127.0.0.1", port: Number(port ?? 0) };
  return (await startStandaloneServer(server, { listen, context: async () => requestContext() })).url;
}

async function serveGateway(services: { name: string; url: string; typeDefs: DocumentNode }[], port: string | undefined): Promise<string> {
  const { errors, supergraphSdl } = composeServices(services);
  if (!supergraphSdl) throw new Error(`The subgraphs do not compose: ${errors?.map(({ message }) => message).join("\n")}`);
  const server = createServer(
    createGatewayRuntime({ supergraph: supergraphSdl, graphqlEndpoint: "/", logging: false, maskedErrors: false, landingPage: false }),
  );
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
