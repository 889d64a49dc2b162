import {
  Arg,
  Ctx,
  Directive,
  Field,
  FieldResolver,
  Float,
  ID,
  Int,
  ObjectType,
  Query,
  registerEnumType,
  Resolver,
  Root,
} from "type-graphql";
import { badInput } from "../../../src/errors";
import { connectionType, type Connection } from "../../../src/federation/connection";
import type { Context } from "../../../src/federation/context";
import { foreign, owned } from "../../../src/federation/entity";
import { Node } from "../../../src/federation/node";
import { PageArguments } from "../../../src/federation/page-arguments";
import { paginate } from "../../../src/federation/paginate";
import { DateTime } from "../../../src/federation/scalars";
import { Args } from "type-graphql";

/** Inner values that differ from the names: a default that stays a name would match nothing. */
export enum Genre {
  NOVEL = "novel, inside",
  ESSAY = "essay, inside",
}
registerEnumType(Genre, { name: "Genre", description: "What kind of book." });

@ObjectType({ implements: Node, description: "Another subgraph's author." })
@Directive('@key(fields: "id")')
class Author extends Node {
  @Field(() => String)
  @Directive("@external")
  nationality!: string;
}

@ObjectType({ implements: Node, description: "A book." })
@Directive('@key(fields: "id")')
@Directive('@key(fields: "isbn")')
class Book extends Node {
  @Field({ description: "Its number in trade." })
  isbn!: string;

  @Field({ description: "Its title." })
  @Directive("@shareable")
  title!: string;

  @Field(() => Int, { nullable: true, description: "Pages; null: unknown." })
  pages!: number | null;

  @Field(() => DateTime, { description: "When it came out." })
  published!: Date;

  authorId!: string;
  genre!: Genre;
}

const book = (fields: Omit<Book, never>): Book => Object.assign(new Book(), fields);

const BOOKS: readonly Book[] = [
  book({ id: "book_1", isbn: "1", title: "Emma", pages: 474, authorId: "author_1", genre: Genre.NOVEL, published: new Date(0) }),
  book({ id: "book_2", isbn: "2", title: "Persuasion", pages: null, authorId: "author_1", genre: Genre.NOVEL, published: new Date(1) }),
  book({ id: "book_3", isbn: "3", title: "Walden", pages: 352, authorId: "author_2", genre: Genre.ESSAY, published: new Date(2) }),
  book({ id: "book_4", isbn: "4", title: "Anonyma", pages: 10, authorId: "author_hidden", genre: Genre.ESSAY, published: new Date(3) }),
];

const BookConnection = connectionType("Book", () => Book, "books");

const author = (id: string): Author => Object.assign(new Author(), { id });

@Resolver(() => Book)
class BookFields {
  @FieldResolver(() => Author, { nullable: true, description: "Who wrote it." })
  author(@Root() { authorId }: Book): Author {
    return author(authorId);
  }

  @FieldResolver(() => String, { description: "Where it comes from." })
  @Directive('@requires(fields: "author { nationality }")')
  origin(@Root() root: Book): string {
    const { author } = root as Book & { author: { nationality: string } | null };
    return `${root.title}, ${author?.nationality ?? "unknown"}`;
  }

  @FieldResolver(() => Float, { description: "Times a factor." })
  weight(@Root() { pages }: Book, @Arg("factor", () => Float, { defaultValue: 2, description: "The factor." }) factor: number): number {
    if (factor < 0) throw badInput("`factor` must not be negative.");
    return (pages ?? 0) * factor;
  }
}

@Resolver(() => Author)
class AuthorFields {
  @FieldResolver(() => [Book], { description: "Books by this author, of one genre." })
  books(@Root() { id }: Author, @Arg("genre", () => Genre, { defaultValue: Genre.NOVEL, description: "The genre." }) genre: Genre): Book[] {
    return BOOKS.filter((book) => book.authorId === id && book.genre === genre);
  }
}

@Resolver()
class BookQueries {
  @Query(() => [Book], { description: "All books." })
  books(): readonly Book[] {
    return BOOKS;
  }

  @Query(() => Book, { nullable: true, description: "One book." })
  book(@Arg("isbn", () => String, { description: "Its number." }) isbn: string): Book | null {
    return BOOKS.find((book) => book.isbn === isbn) ?? null;
  }

  @Query(() => [Author], { description: "Who wrote the books, one entry a book." })
  authors(): Author[] {
    return BOOKS.map(({ authorId }) => author(authorId));
  }

  @Query(() => BookConnection, { description: "Books in pages." })
  shelf(@Ctx() context: Context, @Args(() => PageArguments) page: PageArguments): Connection<Book> {
    return paginate(context, { list: ["shelf"], rows: BOOKS, keyOf: ({ isbn }) => [isbn] }, page);
  }

  @Query(() => ID, { description: "The instant as text." })
  at(@Arg("when", () => DateTime, { description: "An instant or a date." }) when: Date): string {
    return when.toISOString();
  }
}

export const books = {
  name: "books",
  resolvers: [BookQueries, BookFields, AuthorFields],
  entities: {
    Book: owned(
      Book,
      (id) => BOOKS.find((book) => book.id === id) ?? null,
      ({ isbn }) => BOOKS.find((book) => book.isbn === isbn) ?? null,
    ),
    Author: foreign(Author),
  },
};
