import { createWikiClient } from "../support/wiki-client.ts";
import { createWikiConnector } from "../support/wiki-connector.ts";
import type { BrokenConnector } from "./broken-connector.ts";

export const givesUpReadingAtLimits: BrokenConnector = {
  mistake: "a rate limit ends a read like any other error",
  caughtBy: "a rate limit is waited for as long as it asks",
  connector: {
    ...createWikiConnector(),
    connect(config, { http: createHttp }) {
      const headers = { authorization: `Bearer ${config.token}` };
      return createWikiClient(
        createHttp({ system: "The wiki", baseUrl: config.url, headers, maxRetryAfterSeconds: 0 }),
      );
    },
  },
};
