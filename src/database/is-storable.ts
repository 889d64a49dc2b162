/** True unless the text holds a NUL: no text of a Postgres database does, and a query that asks for one fails. */
export const isStorable = (text: string): boolean => !text.includes("\0");
