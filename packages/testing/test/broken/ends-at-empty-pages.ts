import type { WikiPage } from "../support/wiki-client.ts";
import type { WikiUser } from "../support/wiki-product.ts";
import { createWikiConnector } from "../support/wiki-connector.ts";
import type { BrokenConnector } from "./broken-connector.ts";

export const endsAtEmptyPages: BrokenConnector = {
  mistake: "an empty page ends a list",
  caughtBy: "a later page that comes back empty loses nobody",
  connector: createWikiConnector({
    client: (_, http) => ({
      async *users() {
        for (let start: number | null = 0; start !== null;) {
          const page: WikiPage<WikiUser> = await http.request({ method: "GET", path: "/users", query: { start } });
          if (page.values.length === 0) return;
          yield* page.values;
          start = page.next;
        }
      },
    }),
  }),
};
