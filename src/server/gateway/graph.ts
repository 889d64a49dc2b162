import { getExecutorForUnifiedGraph } from "@graphql-hive/gateway-runtime";
import { transformSupergraphToPublicSchema } from "@theguild/federation-composition";
import {
  buildASTSchema,
  type DocumentNode,
  type ExecutionResult,
  getOperationAST,
  type GraphQLSchema,
  isScalarType,
  Kind,
  parse,
  print,
  valueFromASTUntyped,
} from "graphql";
import type { FastifyBaseLogger } from "fastify";
import { ExpectedError } from "../../errors";
import type { ExecutionCounts } from "../../federation/execution/counts";
import { createWriter, type Writer } from "../../federation/execution/writer";
import * as scalars from "../../federation/scalars";
import { canCarryOut } from "./can-carry-out";
import { type Ask, carryOutPlan, type PlanOptions } from "./carry-out-plan";
import { askEvents } from "./ask-events";
import { type AskOptions, askSubgraph } from "./ask-subgraph";
import type { GatewayContext } from "./gateway-context";
import { KeptParts } from "./kept-parts";
import { Planner } from "./planner";
import { prepareDocument } from "./prepare-document";
import { textOf } from "./subgraph-request";

export interface GraphOptions extends AskOptions {
  readonly logger: Pick<FastifyBaseLogger, "warn">;
  /** Where it is counted how answers are written. Default: nowhere that can be seen. */
  readonly counts?: ExecutionCounts;
}

/** What clients ask of a graph. */
export interface Operation {
  readonly document: DocumentNode;
  readonly operationName?: string | null;
  readonly variables?: Readonly<Record<string, unknown>> | null;
  readonly context: GatewayContext;
}

/** A composed graph that can be asked. */
export interface Graph {
  readonly supergraph: string;
  /** The API in SDL. */
  readonly api: string;
  readonly schema: GraphQLSchema;
  /** Where each subgraph is, by name. */
  readonly subgraphs: ReadonlyMap<string, string>;
  /** Gathers from the subgraphs what an operation asks for; events one after the other if it subscribes. Not completed. */
  gather(operation: Operation): Promise<ExecutionResult | AsyncIterable<ExecutionResult>>;
  /** Writes what was gathered for a query without an error. */
  readonly write: Writer;
  /** Bytes of what is kept of the subgraphs' answers, about. */
  keptBytes(): number;
  /** Ends what was started for it. */
  close(): void;
}

const nothing = (): void => undefined;

/** The runtime's log. Its own one refuses to be made where LOG_LEVEL is a word of ours; what matters is logged where requests are sent. */
const silent = { child: () => silent, trace: nothing, debug: nothing, info: nothing, warn: nothing, error: nothing };

/** Scalars read values as the subgraphs do, so that what is wrong is told alike; values of answers are passed on as they are. */
function readScalarsAlike(schema: GraphQLSchema): void {
  const ours = new Map(Object.values(scalars).flatMap((scalar) => (isScalarType(scalar) ? [[scalar.name, scalar] as const] : [])));
  for (const type of Object.values(schema.getTypeMap())) {
    const known = ours.get(type.name);
    if (!known || !isScalarType(type) || type.specifiedByURL !== known.specifiedByURL) continue;
    type.parseValue = known.parseValue;
    type.parseLiteral = known.parseLiteral;
  }
}

/** Where the subgraphs of a supergraph are: `enum join__Graph { X @join__graph(name: "x", url: "…") }`. */
function placesOf(supergraph: DocumentNode): Map<string, string> {
  const places = new Map<string, string>();
  for (const definition of supergraph.definitions) {
    if (definition.kind !== Kind.ENUM_TYPE_DEFINITION || definition.name.value !== "join__Graph") continue;
    for (const { directives = [] } of definition.values ?? []) {
      const given = directives.find(({ name }) => name.value === "join__graph")?.arguments ?? [];
      const read = (key: string) =>
        given.flatMap(({ name, value }) => (name.value === key && value.kind === Kind.STRING ? [value.value] : []))[0];
      const [name, url] = [read("name"), read("url")];
      if (name !== undefined && url !== undefined) places.set(name, url);
    }
  }
  return places;
}

/** The variables of an operation with their defaults, as they came: values of scalars of ours are not read. */
function withDefaults(document: DocumentNode, operationName: Operation["operationName"], given: Operation["variables"]) {
  const variables: Record<string, unknown> = { ...given };
  for (const { variable, defaultValue } of getOperationAST(document, operationName)!.variableDefinitions ?? [])
    if (defaultValue && variables[variable.name.value] === undefined) variables[variable.name.value] = valueFromASTUntyped(defaultValue);
  return variables;
}

/**
 * Opens a supergraph. Hive's planner splits operations, Hive's runtime carries the plans out; each request of a plan is sent by
 * `askSubgraph`. `ours`: names of the platform's own subgraphs. Throws CONFIGURATION if it is no supergraph.
 */
export async function openGraph(supergraph: string, ours: readonly string[], options: GraphOptions): Promise<Graph> {
  try {
    const parsed = parse(supergraph);
    const schema = buildASTSchema(transformSupergraphToPublicSchema(parsed));
    readScalarsAlike(schema);
    const subgraphs = placesOf(parsed);
    if (subgraphs.size === 0) throw new Error("It names no subgraph.");
    const log = silent;
    const getSubgraphExecutor = ({ subgraphName, transportEntry }: { subgraphName: string; transportEntry: { location?: string } }) =>
      ((request: {
        document: DocumentNode;
        variables?: Record<string, unknown>;
        operationType?: string;
        context: { gateway: GatewayContext };
      }) => {
        const kind = (request.operationType ?? "query") as "query" | "mutation" | "subscription";
        const asked = {
          ...{ kind, subgraph: subgraphName, url: transportEntry.location!, isOurs: ours.includes(subgraphName) },
          ...{ document: request.document, variables: request.variables, context: request.context.gateway },
        };
        return kind === "subscription" ? askEvents(asked, options) : askSubgraph(asked, options);
      }) as never;
    const execute = getExecutorForUnifiedGraph({
      getUnifiedGraph: () => supergraph,
      transports: { http: { getSubgraphExecutor } },
      batch: false,
      transportContext: { log } as never,
    });
    const prepared = new WeakMap<DocumentNode, DocumentNode>();
    const parts = new KeptParts();
    const planner = new Planner(supergraph, options.logger);
    const gather: Graph["gather"] = async ({ document, operationName, variables, context }) => {
      const sent = prepared.get(document) ?? prepareDocument(document, schema);
      prepared.set(document, sent);
      const operationType = getOperationAST(document, operationName)!.operation;
      const plan = operationType === "subscription" ? null : await planner.plan(textOf(sent), operationName ?? null);
      if (plan && canCarryOut(plan.node)) {
        const ask: Ask = (subgraph, request) => {
          const place = { subgraph, url: subgraphs.get(subgraph)!, isOurs: ours.includes(subgraph) };
          return askSubgraph({ ...place, ...request, context }, options);
        };
        // What an answer says to somebody in particular is kept for nobody (§10).
        const partsOf: PlanOptions["partsOf"] = (way) =>
          operationType === "query" && context.authorization === undefined && ours.includes(way.subgraph) && context.pinned.exact !== null
            ? parts.of(context.pinned.shown, way)
            : null;
        return carryOutPlan(plan, { schema, variables: withDefaults(document, operationName, variables), ask, partsOf });
      }
      return (await execute({
        ...{ document: sent, operationType, operationName: operationName ?? undefined, variables: { ...variables } },
        context: { gateway: context, log },
      })) as ExecutionResult;
    };
    const warmUp = await execute({ document: parse("{ __typename }"), context: { log } });
    if ("errors" in warmUp) throw (warmUp as ExecutionResult).errors![0];
    const api = print(transformSupergraphToPublicSchema(parsed));
    const write = createWriter(schema, { isGathered: true, counts: options.counts });
    return { supergraph, api, schema, subgraphs, gather, write, keptBytes: () => parts.bytes, close: () => planner.stop() };
  } catch (error) {
    throw new ExpectedError("CONFIGURATION", `The supergraph cannot be served: ${(error as Error).message}`);
  }
}
