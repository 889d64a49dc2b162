import type { Question } from "./questions";

/** Asks a server over HTTP once; the bytes of the answer. Throws if it is no answer, or one with errors. */
export async function post(url: string, question: Question): Promise<Buffer> {
  const response = await fetch(url, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(question) });
  const bytes = Buffer.from(await response.arrayBuffer());
  const text = bytes.toString();
  if (!response.ok || JSON.parse(text).errors) throw new Error(`The answer is wrong: ${text.slice(0, 400)}`);
  return bytes;
}
