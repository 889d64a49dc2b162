import { Context, type ContextOptions } from "../../src/federation/context";

/** A context without a board or a database, for what needs neither. */
export const requestContext = (idKey = Buffer.alloc(32, 7)): Context =>
  new Context({ view: { viewer: null, catalog: { ledger: { idKey } } }, baseUrl: "http://127.0.0.1:4000" } as unknown as ContextOptions);
