import type { WikiPage } from "../support/wiki-client.ts";
import type { WikiUser } from "../support/wiki-product.ts";
import { createWikiConnector } from "../support/wiki-connector.ts";
import type { BrokenConnector } from "./broken-connector.ts";

export const trustsShortLists: BrokenConnector = {
  mistake: "rows that are counted and not listed are not missed",
  caughtBy: "parts hidden by permission are an error or partial",
  connector: createWikiConnector({
    client: (_, http) => ({
      async *users() {
        for (let start = 0; ;) {
          const page = await http.request<WikiPage<WikiUser>>({ method: "GET", path: "/users", query: { start } });
          if (page.start !== start) throw new Error("another page than was asked for");
          yield* page.values;
          if (page.next === null) return;
          start = page.next;
        }
      },
    }),
  }),
};
