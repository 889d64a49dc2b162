import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { type ExecutionResult, graphql, type GraphQLSchema } from "graphql";
import type { Context } from "../../src/federation/context";
import { standalone } from "../../src/federation/standalone";
import type { BuiltSubgraph } from "../../src/federation/subgraph";
import { type StartedServer, startGateway } from "./start-server";

/** Makes the context that a request is answered in. Each request of a subgraph has one of its own. */
type MakeContext = () => Context;

interface Opened {
  readonly gateway: StartedServer;
  readonly server: Server;
}

let opened: Promise<Opened> | undefined;
const contexts: MakeContext[] = [];

afterAll(async () => {
  const { gateway, server } = (await opened) ?? {};
  await gateway?.kill();
  server?.closeAllConnections();
  server?.close();
});

/** Answers as the subgraph that a request is sent to; who asks, and of which facts, is told by its credential. */
async function answer(schemas: ReadonlyMap<string, GraphQLSchema>, request: IncomingMessage): Promise<ExecutionResult> {
  const schema = schemas.get(request.url!.slice(1))!;
  const contextValue = contexts[Number(request.headers.authorization?.split(" ")[1])]();
  const { query, variables } = JSON.parse(await text(request)) as { query: string; variables?: Record<string, unknown> };
  return graphql({ schema, source: query, variableValues: variables, contextValue }) as Promise<ExecutionResult>;
}

async function open(subgraphs: readonly BuiltSubgraph[]): Promise<Opened> {
  const schemas = new Map(subgraphs.map((subgraph) => [subgraph.name, standalone(subgraph)]));
  const server = createServer((request, response) => {
    void answer(schemas, request).then(
      (result) => response.setHeader("content-type", "application/json").end(JSON.stringify(result)),
      (error: Error) => response.writeHead(500).end(error.stack),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const gateway = await startGateway(Object.fromEntries(subgraphs.map(({ name }) => [name, `${url}/${name}`])));
  return { gateway, server };
}

export interface GatewayQuestion {
  readonly query: string;
  readonly variables?: Record<string, unknown>;
  readonly createContext: MakeContext;
}

/**
 * Asks subgraphs that are served alone, through a gateway in a process of its own: one for all questions of a test file, started by the
 * first of them.
 */
export async function askThroughGateway(subgraphs: readonly BuiltSubgraph[], question: GatewayQuestion): Promise<ExecutionResult> {
  const { gateway } = await (opened ??= open(subgraphs));
  const { query, variables, createContext } = question;
  const headers = { "content-type": "application/json", authorization: `Bearer ${contexts.push(createContext) - 1}` };
  const response = await fetch(`${gateway.url}/graphql`, { method: "POST", headers, body: JSON.stringify({ query, variables }) });
  return (await response.json()) as ExecutionResult;
}
