import { DeprecatedProduct, Product, ProductResearch, User } from "./product";

const study = (caseNumber: string, description: string): ProductResearch =>
  Object.assign(new ProductResearch(), { study: { caseNumber, description }, outcome: null });

/** The one user that this subgraph knows the name of. Its number of products is a claim of its own, other than the users subgraph's. */
const JANE = { email: "support@apollographql.com", name: "Jane Smith", totalProductsCreated: 1337 };

/** A user by address; null if there is no such user. */
export const findUser = (email: unknown): User | null => (email === JANE.email ? Object.assign(new User(), JANE) : null);

const product = (fields: Omit<Product, "dimensions" | "createdBy" | "notes">): Product =>
  Object.assign(new Product(), {
    ...fields,
    dimensions: { size: "small", weight: 1, unit: "kg" },
    createdBy: findUser(JANE.email),
    notes: null,
  });

/** The products that the compatibility suite asks for. */
export const PRODUCTS: readonly Product[] = [
  product({
    id: "apollo-federation",
    sku: "federation",
    package: "@apollo/federation",
    variation: { id: "OSS" },
    research: [study("1234", "Federation Study")],
  }),
  product({
    id: "apollo-studio",
    sku: "studio",
    package: "",
    variation: { id: "platform" },
    research: [study("1235", "Studio Study")],
  }),
];

/** The products that are no longer made. */
export const DEPRECATED: readonly DeprecatedProduct[] = [
  Object.assign(new DeprecatedProduct(), {
    sku: "apollo-federation-v1",
    package: "@apollo/federation-v1",
    reason: "Migrate to Federation V2",
    createdBy: findUser(JANE.email),
  }),
];
