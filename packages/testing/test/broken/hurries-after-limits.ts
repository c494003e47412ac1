import { isUpstreamError } from "@bridgekit/core";
import { createWikiClient } from "../support/wiki-client.ts";
import { createWikiConnector } from "../support/wiki-connector.ts";
import type { BrokenConnector } from "./broken-connector.ts";

export const hurriesAfterLimits: BrokenConnector = {
  mistake: "a rate limit is answered by asking again at once",
  caughtBy: "a rate limit is waited for as long as it asks",
  connector: {
    ...createWikiConnector(),
    connect(config, { http: createHttp }) {
      const headers = { authorization: `Bearer ${config.token}` };
      const http = createHttp({ system: "The wiki", baseUrl: config.url, headers, maxRetryAfterSeconds: 0 });
      return createWikiClient({
        ...http,
        async request(request) {
          for (;;)
            try {
              return await http.request(request);
            } catch (error) {
              if (!isUpstreamError(error) || error.status !== 429) throw error;
            }
        },
      });
    },
  },
};
