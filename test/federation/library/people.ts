import { Directive, Field, FieldResolver, Int, ObjectType, Query, Resolver, Root } from "type-graphql";
import type { Context } from "../../../src/federation/context";
import { owned } from "../../../src/federation/entity";
import { Node } from "../../../src/federation/node";

@ObjectType({ implements: Node, description: "An author." })
@Directive('@key(fields: "id")')
class Author extends Node {
  @Field({ description: "Their name." })
  name!: string;

  @Field({ description: "Where they lived." })
  nationality!: string;
}

const AUTHORS = [
  { id: "author_1", name: "Jane Austen", nationality: "English" },
  { id: "author_2", name: "Henry Thoreau", nationality: "American" },
];

/** Every batch of ids that was asked for, in order. */
export const batches: string[][] = [];

async function authorsById(ids: readonly string[]): Promise<(Author | Error)[]> {
  batches.push([...ids]);
  return ids.map((id) => {
    const found = AUTHORS.find((author) => author.id === id);
    if (id === "author_broken") return new Error("This author cannot be read.");
    return (found ? Object.assign(new Author(), found) : null) as Author;
  });
}

@Resolver(() => Author)
class AuthorFields {
  @FieldResolver(() => Int, { description: "Letters of the name." })
  letters(@Root() { name }: Author): number {
    return name.replaceAll(" ", "").length;
  }
}

@Resolver()
class PeopleQueries {
  @Query(() => Int, { description: "How many authors there are." })
  authorCount(): number {
    return AUTHORS.length;
  }
}

export const people = {
  name: "people",
  resolvers: [PeopleQueries, AuthorFields],
  entities: { Author: owned(Author, (id, context: Context) => context.loader(authorsById).load(id)) },
};
