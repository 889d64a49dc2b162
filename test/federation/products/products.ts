import { Arg, Directive, FieldResolver, ID, Int, Query, Resolver, Root } from "type-graphql";
import { foreign, keyed, owned } from "../../../src/federation/entity";
import type { Subgraph } from "../../../src/federation/subgraph";
import { DEPRECATED, findUser, PRODUCTS } from "./catalog";
import { DeprecatedProduct, Inventory, Product, ProductResearch, User } from "./product";

type Key = Readonly<Record<string, unknown>>;

/** The number of the study in a key, `study { caseNumber }`, or the id in `variation { id }`. */
const within = (key: Key, outer: string, inner: string): unknown => (key[outer] as Key | null | undefined)?.[inner];

const findDeprecated = ({ sku, package: packageName }: Key): DeprecatedProduct | null =>
  DEPRECATED.find((product) => product.sku === sku && product.package === packageName) ?? null;

const findProduct = (key: Key): Product | null =>
  PRODUCTS.find(
    ({ sku, package: packageName, variation }) =>
      sku === key.sku && ("package" in key ? packageName === key.package : variation?.id === within(key, "variation", "id")),
  ) ?? null;

const findResearch = (key: Key): ProductResearch | null =>
  PRODUCTS.flatMap(({ research }) => research).find(({ study }) => study.caseNumber === within(key, "study", "caseNumber")) ?? null;

@Resolver()
class ProductQueries {
  @Query(() => Product, { nullable: true })
  product(@Arg("id", () => ID) id: string): Product | null {
    return PRODUCTS.find((product) => product.id === id) ?? null;
  }

  @Query(() => DeprecatedProduct, { nullable: true, deprecationReason: "Use product query instead" })
  deprecatedProduct(@Arg("sku") sku: string, @Arg("package") packageName: string): DeprecatedProduct | null {
    return findDeprecated({ sku, package: packageName });
  }
}

@Resolver(() => User)
class UserFields {
  @FieldResolver(() => Int, { nullable: true })
  @Directive('@requires(fields: "totalProductsCreated yearsOfEmployment")')
  averageProductsCreatedPerYear(@Root() { totalProductsCreated, yearsOfEmployment }: User): number | null {
    return totalProductsCreated === null ? null : Math.round(totalProductsCreated / yearsOfEmployment);
  }
}

@Resolver(() => Inventory)
class InventoryFields {
  @FieldResolver(() => [DeprecatedProduct])
  deprecatedProducts(): readonly DeprecatedProduct[] {
    return DEPRECATED;
  }
}

/** Federation 2.3, the newest that the suite takes, and a directive of its own. */
const HEAD = `extend schema
  @link(
    url: "https://specs.apollo.dev/federation/v2.3"
    import: ["@composeDirective", "@external", "@key", "@inaccessible", "@interfaceObject", "@override", "@provides", "@requires", "@shareable", "@tag"]
  )
  @link(url: "https://myspecs.dev/myCustomDirective/v1.0", import: ["@custom"])
  @composeDirective(name: "@custom")

directive @custom on OBJECT`;

/** The subgraph that Apollo's compatibility suite asks for, made with this project's builder. */
export const products: Subgraph = {
  name: "products",
  head: HEAD,
  resolvers: [ProductQueries, UserFields, InventoryFields],
  entities: {
    Product: owned(Product, (id) => PRODUCTS.find((product) => product.id === id) ?? null, findProduct),
    DeprecatedProduct: keyed(DeprecatedProduct, findDeprecated),
    ProductResearch: keyed(ProductResearch, findResearch),
    User: keyed(User, ({ email }) => findUser(email)),
    Inventory: foreign(Inventory),
  },
};
