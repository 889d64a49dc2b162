import { Client, cacheExchange, fetchExchange } from "urql";
import { readKey } from "./key";

const shared = {
  url: "/graphql",
  preferGetMethod: false,
  fetchOptions: () => {
    const key = readKey();
    return key === null ? {} : { headers: { authorization: `Bearer ${key}` } };
  },
} as const;

/** Asks the API of the server that the pages came from, and keeps answers as long as the page is open. */
export const client = new Client({ ...shared, exchanges: [cacheExchange, fetchExchange] });

/** Asks without keeping: for answers of hundreds of thousands of numbers, which are not to be searched for what may be known of them. */
export const plainClient = new Client({ ...shared, exchanges: [fetchExchange] });
