import type { Joined, Question } from "./joined";

/** The errors of an answer, each as "CODE at path: message". */
export async function faultsOf(joined: Joined, query: string, question?: Question): Promise<string[]> {
  const { errors = [] } = await joined.ask(query, question);
  return errors.map(({ extensions, path, message }) => `${extensions.code} at ${path?.join(".")}: ${message}`);
}
