import { Directive, Field, Float, ID, Int, ObjectType } from "type-graphql";

@ObjectType({ description: "A kind of a product." })
export class ProductVariation {
  @Field(() => ID)
  id!: string;
}

@ObjectType({ description: "How large and heavy a product is." })
@Directive("@shareable")
export class ProductDimension {
  @Field(() => String, { nullable: true })
  size!: string | null;

  @Field(() => Float, { nullable: true })
  weight!: number | null;

  @Field(() => String, { nullable: true })
  @Directive("@inaccessible")
  unit!: string | null;
}

@ObjectType({ description: "What was studied." })
export class CaseStudy {
  @Field(() => ID)
  caseNumber!: string;

  @Field(() => String, { nullable: true })
  description!: string | null;
}

@ObjectType({ description: "Known by an object's field alone." })
@Directive('@key(fields: "study { caseNumber }")')
export class ProductResearch {
  @Field(() => CaseStudy)
  study!: CaseStudy;

  @Field(() => String, { nullable: true })
  outcome!: string | null;
}

@ObjectType({ description: "Another subgraph's user, known by an address alone." })
@Directive('@key(fields: "email")')
export class User {
  @Field(() => ID)
  email!: string;

  @Field(() => String, { nullable: true })
  @Directive('@override(from: "users")')
  name!: string | null;

  @Field(() => Int, { nullable: true })
  @Directive("@external")
  totalProductsCreated!: number | null;

  @Field(() => Int)
  @Directive("@external")
  yearsOfEmployment!: number;
}

@ObjectType({ description: "Known by two fields together." })
@Directive('@key(fields: "sku package")')
export class DeprecatedProduct {
  @Field()
  sku!: string;

  @Field()
  package!: string;

  @Field(() => String, { nullable: true })
  reason!: string | null;

  @Field(() => User, { nullable: true })
  createdBy!: User | null;
}

@ObjectType({ description: "Known by any of three keys." })
@Directive("@custom")
@Directive('@key(fields: "id")')
@Directive('@key(fields: "sku package")')
@Directive('@key(fields: "sku variation { id }")')
export class Product {
  @Field(() => ID)
  id!: string;

  @Field(() => String, { nullable: true })
  sku!: string | null;

  @Field(() => String, { nullable: true })
  package!: string | null;

  @Field(() => ProductVariation, { nullable: true })
  variation!: ProductVariation | null;

  @Field(() => ProductDimension, { nullable: true })
  dimensions!: ProductDimension | null;

  @Field(() => User, { nullable: true })
  @Directive('@provides(fields: "totalProductsCreated")')
  createdBy!: User | null;

  @Field(() => String, { nullable: true })
  @Directive('@tag(name: "internal")')
  notes!: string | null;

  @Field(() => [ProductResearch])
  research!: ProductResearch[];
}

@ObjectType({ description: "Another subgraph's interface: fields added here are on all that implement it." })
@Directive("@interfaceObject")
@Directive('@key(fields: "id")')
export class Inventory {
  @Field(() => ID)
  id!: string;
}
