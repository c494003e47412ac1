import type { WikiPage } from "../support/wiki-client.ts";
import type { WikiUser } from "../support/wiki-product.ts";
import { createWikiConnector } from "../support/wiki-connector.ts";
import type { BrokenConnector } from "./broken-connector.ts";

export const pagesForEver: BrokenConnector = {
  mistake: "the next page is asked for as long as there is one",
  caughtBy: "a list that repeats its page for ever is an error or partial, at every call",
  connector: createWikiConnector({
    client: (_, http) => ({
      async *users() {
        for (let start: number | null = 0; start !== null;) {
          const page: WikiPage<WikiUser> = await http.request({ method: "GET", path: "/users", query: { start } });
          yield* page.values;
          start = page.next;
        }
      },
    }),
  }),
};
