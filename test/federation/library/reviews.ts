import { Arg, Directive, Field, FieldResolver, Float, ID, Int, ObjectType, Query, Resolver, Root } from "type-graphql";
import { foreign } from "../../../src/federation/entity";
import { Node } from "../../../src/federation/node";

@ObjectType({ implements: Node, description: "Another subgraph's author." })
@Directive('@key(fields: "id")')
class Author extends Node {}

@ObjectType({ implements: Node, description: "Another subgraph's book." })
@Directive('@key(fields: "id")')
class Book extends Node {
  @Field({ description: "Its title." })
  @Directive("@shareable")
  title!: string;

  @Field(() => Int, { nullable: true })
  @Directive("@external")
  pages!: number | null;
}

const STARS: Record<string, number[]> = { book_1: [5, 4], book_2: [3], book_3: [] };
const TITLES: Record<string, string> = { book_1: "Emma (reviewed)", book_2: "Persuasion (reviewed)", book_3: "Walden (reviewed)" };

const bookOf = (id: string): Book | null => (id in TITLES ? Object.assign(new Book(), { id, title: TITLES[id] }) : null);
const authorOf = (id: string): Author => Object.assign(new Author(), { id });

@Resolver(() => Book)
class BookFields {
  @FieldResolver(() => [Int], { nullable: true, description: "The stars it was given." })
  stars(@Root() { id }: Book, @Arg("least", () => Int, { defaultValue: 0, description: "Fewer are left out." }) least: number): number[] {
    return STARS[id].filter((stars) => stars >= least);
  }

  @FieldResolver(() => Float, { nullable: true, description: "Stars by page." })
  @Directive('@requires(fields: "pages")')
  density(@Root() { id, pages }: Book): number | null {
    return pages === null ? null : STARS[id].reduce((sum, stars) => sum + stars, 0) / pages;
  }
}

@Resolver()
class ReviewQueries {
  @Query(() => [Book], { description: "Books with reviews." })
  reviewed(): Book[] {
    return Object.keys(TITLES).map((id) => bookOf(id)!);
  }

  @Query(() => Node, { nullable: true, description: "Anything by its id." })
  node(@Arg("id", () => ID, { description: "The id." }) id: string): Node | null {
    return id.startsWith("author_") ? authorOf(id) : bookOf(id);
  }

  @Query(() => [Author], { description: "Authors by id." })
  authorsById(@Arg("ids", () => [ID], { description: "Their ids." }) ids: string[]): Author[] {
    return ids.map(authorOf);
  }
}

export const reviews = {
  name: "reviews",
  resolvers: [ReviewQueries, BookFields],
  entities: { Book: foreign(Book, bookOf), Author: foreign(Author) },
};
