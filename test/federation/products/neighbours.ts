import { buildSubgraphSchema } from "@apollo/subgraph";
import { type DocumentNode, type GraphQLSchema, parse } from "graphql";

/** A subgraph of somebody else, made with Apollo's own library. */
export interface Neighbour {
  readonly name: string;
  readonly typeDefs: DocumentNode;
  readonly schema: GraphQLSchema;
}

const neighbour = (name: string, sdl: string, resolvers: Record<string, Record<string, unknown>>): Neighbour => {
  const typeDefs = parse(sdl);
  return { name, typeDefs, schema: buildSubgraphSchema({ typeDefs, resolvers: resolvers as never }) };
};

const USERS = [{ email: "support@apollographql.com", name: "Apollo Studio Support", totalProductsCreated: 10, yearsOfEmployment: 10 }];

const users = neighbour(
  "users",
  `extend schema @link(url: "https://specs.apollo.dev/federation/v2.3", import: ["@key", "@shareable"])

  type User @key(fields: "email") {
    email: ID!
    name: String
    totalProductsCreated: Int @shareable
    yearsOfEmployment: Int!
  }`,
  { User: { __resolveReference: ({ email }: { email: string }) => USERS.find((user) => user.email === email) ?? null } },
);

const INVENTORIES = [{ id: "apollo-oss", products: [{ id: "apollo-federation" }] }];

const inventory = neighbour(
  "inventory",
  `extend schema @link(url: "https://specs.apollo.dev/federation/v2.3", import: ["@key", "@requires", "@shareable", "@external"])

  type Product @key(fields: "id") {
    id: ID!
    dimensions: ProductDimension @external
    delivery(zip: String): DeliveryEstimates @requires(fields: "dimensions { size weight }")
  }

  type ProductDimension @shareable {
    size: String
    weight: Float
  }

  type DeliveryEstimates {
    estimatedDelivery: String
    fastestDelivery: String
  }

  interface Inventory @key(fields: "id") {
    id: ID!
    products: [Product!]!
  }

  type OpenSourceInventory implements Inventory @key(fields: "id") {
    id: ID!
    products: [Product!]!
  }

  type Query {
    inventory(id: ID!): Inventory
  }`,
  {
    Query: { inventory: (_: unknown, { id }: { id: string }) => INVENTORIES.find((one) => one.id === id) ?? null },
    Inventory: {
      __resolveType: () => "OpenSourceInventory",
      __resolveReference: ({ id }: { id: string }) => INVENTORIES.find((one) => one.id === id) ?? null,
    },
    OpenSourceInventory: { __resolveReference: ({ id }: { id: string }) => INVENTORIES.find((one) => one.id === id) ?? null },
    Product: {
      delivery({ dimensions }: { dimensions: { size: string; weight: number } }, { zip }: { zip: string | null }) {
        const isKnown = dimensions.size === "small" && dimensions.weight === 1 && zip === "94111";
        return isKnown ? { estimatedDelivery: "2019-05-01", fastestDelivery: "2019-05-01" } : null;
      },
    },
  },
);

/** The two subgraphs that the compatibility suite puts beside `products`, with the schemas that it gives them. */
export const NEIGHBOURS: readonly Neighbour[] = [users, inventory];
