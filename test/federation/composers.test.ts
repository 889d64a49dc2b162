import { composeServices } from "@apollo/composition";
import { type ASTNode, parse, print, visit } from "graphql";
import { joinedSchema } from "../support/joined";

/** Lists of a node whose order says nothing. */
const UNORDERED = ["fields", "directives", "values", "interfaces", "arguments", "types"] as const;

const byText = (a: ASTNode, b: ASTNode): number => (print(a) < print(b) ? -1 : 1);

/** An SDL's definitions in one order and one spelling; without what only declares the composers' own directives. */
function definitions(sdl: string): string[] {
  const document = visit(parse(sdl), {
    enter: (node) => (node.kind === "StringValue" ? { ...node, value: node.value.replaceAll(/\s*([{}])\s*/g, "$1") } : undefined),
    leave(node) {
      const lists = node as unknown as Record<string, unknown>;
      const sorted = UNORDERED.filter((name) => Array.isArray(lists[name])).map((name) => [
        name,
        [...(lists[name] as ASTNode[])].sort(byText),
      ]);
      return { ...node, ...Object.fromEntries(sorted) } as ASTNode;
    },
  });
  return document.definitions
    .filter((node) => !(node.kind === "DirectiveDefinition" || ("name" in node && node.name?.value.startsWith("join__"))))
    .map((node) => print(node))
    .sort();
}

test("both composers make the same supergraph of the subgraphs", () => {
  const { subgraphs, supergraph } = joinedSchema();
  const services = subgraphs.map(({ name, sdl }) => ({ name, url: `http://${name}.localhost/graphql`, typeDefs: parse(sdl) }));
  const { errors, hints, supergraphSdl } = composeServices(services);
  expect(errors?.map(({ message }) => message)).toBeUndefined();
  expect(hints?.map(({ message }) => message)).toEqual([]);
  expect(definitions(supergraph)).toEqual(definitions(supergraphSdl!));
});
