import { Client, cacheExchange, fetchExchange } from "urql";
import { readKey } from "./key";

/** Asks the API of the server that the pages came from, and keeps answers as long as the page is open. */
export const client = new Client({
  url: "/graphql",
  exchanges: [cacheExchange, fetchExchange],
  preferGetMethod: false,
  fetchOptions: () => {
    const key = readKey();
    return key === null ? {} : { headers: { authorization: `Bearer ${key}` } };
  },
});
