import { composeServices } from "@theguild/federation-composition";
import { parse } from "graphql";
import { ExpectedError } from "../errors";
import type { BuiltSubgraph } from "./subgraph";

export interface Composition {
  /** For a gateway: what each subgraph answers, and where it is. */
  readonly supergraph: string;
  /** For clients: the API without federation directives. */
  readonly api: string;
}

/** A subgraph as a composer sees it, ours or somebody else's. */
export type Composable = Pick<BuiltSubgraph, "name" | "sdl">;

/** Composes subgraphs. `url` says where each is served. Throws CONFIGURATION with every fault that the composer finds. */
export function compose(
  subgraphs: readonly Composable[],
  url: (name: string) => string = (name) => `http://${name}.localhost/graphql`,
): Composition {
  const services = subgraphs.map(({ name, sdl }) => ({ name, url: url(name), typeDefs: parse(sdl) }));
  const { errors, supergraphSdl, publicSdl } = composeServices(services);
  if (errors || !supergraphSdl || !publicSdl) {
    const faults = (errors ?? []).map(({ message }) => `  ${message}`);
    throw new ExpectedError("CONFIGURATION", `The subgraphs do not compose:\n${faults.join("\n")}`);
  }
  return { supergraph: supergraphSdl, api: publicSdl };
}
