import "reflect-metadata";
import { Directive, Field, Int, ObjectType } from "type-graphql";
import type { Class } from "./entity";
import type { Key } from "./cursor";

/** Where a page stands in its list. */
@Directive("@shareable")
@ObjectType({ description: "Where a page stands in its list." })
export class PageInfo {
  @Field({ description: "Whether there are rows after this page." })
  hasNextPage!: boolean;

  @Field({ description: "Whether there are rows before this page." })
  hasPreviousPage!: boolean;

  @Field(() => String, { nullable: true, description: "The cursor of the first row of this page; null on an empty page." })
  startCursor!: string | null;

  @Field(() => String, { nullable: true, description: "The cursor of the last row of this page; null on an empty page." })
  endCursor!: string | null;
}

/** What a page is made of. */
export interface PageContent<Row, Node = Row> {
  /** The rows of this page only, in the order of the list. */
  readonly rows: readonly Row[];
  readonly hasNextPage: boolean;
  readonly hasPreviousPage: boolean;
  /** Rows in the whole list. */
  readonly totalCount: number;
  readonly keyOf: (row: Row) => Key;
  readonly nodeOf: (row: Row) => Node;
  readonly writeCursor: (key: Key) => string;
}

/** One page of a list, as resolvers return it. Nodes and cursors are made when they are asked for. */
export class Connection<Node> {
  private constructor(
    readonly totalCount: number,
    private readonly count: number,
    private readonly nodeAt: (index: number) => Node,
    private readonly cursorAt: (index: number) => string,
    private readonly hasNextPage: boolean,
    private readonly hasPreviousPage: boolean,
  ) {}

  static of<Row, Node>(page: PageContent<Row, Node>): Connection<Node> {
    const { rows, keyOf, nodeOf, writeCursor } = page;
    const nodeAt = (index: number) => nodeOf(rows[index]);
    const cursorAt = (index: number) => writeCursor(keyOf(rows[index]));
    return new Connection(page.totalCount, rows.length, nodeAt, cursorAt, page.hasNextPage, page.hasPreviousPage);
  }

  get nodes(): Node[] {
    return Array.from({ length: this.count }, (_, index) => this.nodeAt(index));
  }

  get edges(): Edge<Node>[] {
    return Array.from({ length: this.count }, (_, index) => new Edge(() => this.cursorAt(index), this.nodeAt(index)));
  }

  get pageInfo(): PageInfo {
    const { hasNextPage, hasPreviousPage, count, cursorAt } = this;
    return {
      hasNextPage,
      hasPreviousPage,
      get startCursor() {
        return count ? cursorAt(0) : null;
      },
      get endCursor() {
        return count ? cursorAt(count - 1) : null;
      },
    };
  }
}

/** A row of a list with its cursor. */
export class Edge<Node> {
  constructor(
    private readonly makeCursor: () => string,
    readonly node: Node,
  ) {}

  get cursor(): string {
    return this.makeCursor();
  }
}

/**
 * Declares the GraphQL types `<name>Connection` and `<name>Edge` and returns the first; resolvers return a `Connection` for it.
 * `node` gives the class of the rows; `rows` names them in descriptions: "models". `isShared`: several subgraphs have this list. Default
 * false.
 */
export function connectionType(name: string, node: () => Class, rows: string, { isShared = false } = {}): Class {
  const share: ClassDecorator = isShared ? Directive("@shareable") : () => undefined;

  @share
  @ObjectType(`${name}Edge`, { description: `One of the ${rows} in a list, with its place.` })
  class EdgeType {
    @Field({ description: "Its place in this list: for `after` and `before` of the same list, filter and order." })
    cursor!: string;

    @Field(node, { description: `The one of the ${rows} that stands there.` })
    node!: object;
  }

  @share
  @ObjectType(`${name}Connection`, { description: `One page of a list of ${rows}.` })
  class ConnectionType {
    @Field(() => [EdgeType], { description: `The ${rows} of this page with their cursors.` })
    edges!: EdgeType[];

    @Field(() => [node()], { description: `The ${rows} of this page without cursors.` })
    nodes!: object[];

    @Field({ description: "Whether there is more, and how to get it." })
    pageInfo!: PageInfo;

    @Field(() => Int, { description: `How many ${rows} the whole list holds.` })
    totalCount!: number;
  }
  return ConnectionType;
}
