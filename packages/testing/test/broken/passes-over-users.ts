import type { WikiPage } from "../support/wiki-client.ts";
import type { WikiUser } from "../support/wiki-product.ts";
import { createWikiConnector } from "../support/wiki-connector.ts";
import type { BrokenConnector } from "./broken-connector.ts";

export const passesOverUsers: BrokenConnector = {
  mistake: "when somebody leaves while pages are read, the first of the next page is passed over",
  caughtBy: "a change while a list is read loses nobody",
  connector: createWikiConnector({
    client: (_, http) => ({
      async *users() {
        let count = 0;
        for (let start: number | null = 0; start !== null;) {
          const page: WikiPage<WikiUser> = await http.request({ method: "GET", path: "/users", query: { start } });
          if (!Array.isArray(page?.values) || page.start !== start) throw new Error("another page than was asked for");
          count += page.values.length;
          yield* page.values;
          start = page.next;
          if (start === null && count !== page.total) throw new Error(`${count} of ${page.total} users came`);
        }
      },
    }),
  }),
};
