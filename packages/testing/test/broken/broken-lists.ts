import { isUpstreamError } from "@bridgekit/core";
import type { WikiPage } from "../support/wiki-client.ts";
import { createWikiConnector } from "../support/wiki-connector.ts";
import type { WikiUser } from "../support/wiki-product.ts";
import type { BrokenConnector } from "./broken-connector.ts";

export const brokenLists: readonly BrokenConnector[] = [
  {
    mistake: "only the first page of a team's members is read",
    caughtBy: "a read yields what the product has",
    connector: createWikiConnector({
      client: (_, http) => ({
        async *members(team) {
          const page = await http.request<WikiPage<string>>({ method: "GET", path: `/teams/${team}/members` });
          if (!Array.isArray(page?.values)) throw new Error("another page than was asked for");
          yield* page.values;
        },
      }),
    }),
  },
  {
    mistake: "invalid JSON ends a list",
    caughtBy: "a truncated response is an error or partial, at every call",
    connector: createWikiConnector({
      client: (good) => ({
        async *teams() {
          try {
            yield* good.teams();
          } catch (error) {
            if (!isUpstreamError(error) || error.status !== 200) throw error;
          }
        },
      }),
    }),
  },
  {
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
  },
  {
    mistake: "a page that was seen before ends a list",
    caughtBy: "a list that repeats a page forever is an error or partial, at every call",
    connector: createWikiConnector({
      client: (_, http) => ({
        async *users() {
          const seen = new Set<string>();
          for (let start: number | null = 0; start !== null;) {
            const page: WikiPage<WikiUser> = await http.request({ method: "GET", path: "/users", query: { start } });
            const isKnown = page.values.some(({ id }) => seen.has(id));
            if (isKnown) return;
            for (const { id } of page.values) seen.add(id);
            yield* page.values;
            start = page.next;
          }
        },
      }),
    }),
  },
  {
    mistake: "pages are read for as long as there is a next one",
    caughtBy: "a list that repeats a page forever is an error or partial, at every call",
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
  },
  {
    mistake: "if somebody leaves during a read, the first row of the next page is skipped",
    caughtBy: "a change during a read loses nobody",
    connector: createWikiConnector({
      client: (_, http) => ({
        async *users() {
          let count = 0;
          for (let start: number | null = 0; start !== null;) {
            const page: WikiPage<WikiUser> = await http.request({ method: "GET", path: "/users", query: { start } });
            if (!Array.isArray(page?.values) || page.start !== start)
              throw new Error("another page than was asked for");
            count += page.values.length;
            yield* page.values;
            start = page.next;
            if (start === null && count !== page.total) throw new Error(`${count} of ${page.total} users came`);
          }
        },
      }),
    }),
  },
  {
    mistake: "rows that are counted but not listed go unnoticed",
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
  },
];
