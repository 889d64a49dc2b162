import { jest } from "@jest/globals";
import { Client } from "pg";

/** Runs something and tells the SQL statements that this process sent meanwhile, on any connection. */
export async function countStatements<T>(run: () => Promise<T>): Promise<{ result: T; statements: string[] }> {
  const sent = jest.spyOn(Client.prototype, "query");
  try {
    const result = await run();
    const statements = sent.mock.calls.map(([query]) => (typeof query === "string" ? query : String((query as { text?: string }).text)));
    return { result, statements };
  } finally {
    sent.mockRestore();
  }
}
