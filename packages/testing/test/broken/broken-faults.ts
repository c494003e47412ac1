import { isUpstreamError } from "@bridgekit/core";
import { createWikiClient } from "../support/wiki-client.ts";
import { createWikiConnector } from "../support/wiki-connector.ts";
import type { BrokenConnector } from "./broken-connector.ts";

export const brokenFaults: readonly BrokenConnector[] = [
  {
    mistake: "check reports ok without a call",
    caughtBy: "check reports whether there is access",
    connector: createWikiConnector({
      client: () => ({ whoAmI: async () => ({ name: "bridge" }) }),
    }),
  },
  {
    mistake: "an error of the system reads as an empty list",
    caughtBy: "a system that fails is an error or partial, at every call",
    connector: createWikiConnector({
      client: (good) => ({
        async *members(team) {
          try {
            yield* good.members(team);
          } catch {
            return;
          }
        },
      }),
    }),
  },
  {
    mistake: "a broken connection ends a list",
    caughtBy: "a broken connection is an error or partial, at every call",
    connector: createWikiConnector({
      client: (good) => ({
        async *users() {
          try {
            yield* good.users();
          } catch (error) {
            if (!isUpstreamError(error) || error.status !== undefined) throw error;
          }
        },
      }),
    }),
  },
  {
    mistake: "a response that is not JSON reads as no rows",
    caughtBy: "a login page is an error or partial, at every call",
    connector: createWikiConnector({
      client: (good) => ({
        async seats() {
          try {
            return await good.seats();
          } catch (error) {
            if (isUpstreamError(error) && error.message.includes("text/html")) return [];
            throw error;
          }
        },
      }),
    }),
  },
  {
    mistake: "a success without content is an empty list",
    caughtBy: "a success without content is an error or partial, at every call",
    connector: createWikiConnector({
      client: (good) => ({
        async seats() {
          const seats: unknown = await good.seats();
          return Array.isArray(seats) ? seats : [];
        },
      }),
    }),
  },
  {
    mistake: "teams whose members are forbidden read as empty",
    caughtBy: "a part that is forbidden is an error or partial, at every call",
    connector: createWikiConnector({
      client: (good) => ({
        async *members(team) {
          try {
            yield* good.members(team);
          } catch (error) {
            if (!isUpstreamError(error) || error.code !== "PERMISSION_DENIED") throw error;
          }
        },
      }),
    }),
  },
  {
    mistake: "teams whose members are not found read as empty",
    caughtBy: "a part that is not found is an error or partial, at every call",
    connector: createWikiConnector({
      client: (good) => ({
        async *members(team) {
          try {
            yield* good.members(team);
          } catch (error) {
            if (!isUpstreamError(error) || error.status !== 404) throw error;
          }
        },
      }),
    }),
  },
  {
    mistake: "teams read as empty once the token is refused",
    caughtBy: "credentials that expire halfway are an error or partial, at every call",
    connector: createWikiConnector({
      client: (good) => ({
        async *members(team) {
          try {
            yield* good.members(team);
          } catch (error) {
            if (!isUpstreamError(error) || error.status !== 401) throw error;
          }
        },
      }),
    }),
  },
  {
    mistake: "a rate limit ends a read like any other error",
    caughtBy: "a rate limit is waited for as long as Retry-After asks",
    connector: {
      ...createWikiConnector(),
      connect(config, { http: createHttp }) {
        const headers = { authorization: `Bearer ${config.token}` };
        return createWikiClient(
          createHttp({ system: "The wiki", baseUrl: config.url, headers, maxRetryAfterSeconds: 0 }),
        );
      },
    },
  },
  {
    mistake: "a call is repeated at once after a rate limit",
    caughtBy: "a rate limit is waited for as long as Retry-After asks",
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
  },
  {
    mistake: "a stop signal between two calls is ignored",
    caughtBy: "a stop signal ends the read between two calls and leaves nothing behind",
    connector: createWikiConnector({
      sync: {
        async *seat({ client }) {
          for (let attempt = 0; attempt < 50; attempt++)
            try {
              yield* await client.seats();
              return;
            } catch {
              await new Promise((resolve) => {
                setTimeout(resolve, 2);
              });
            }
        },
      },
    }),
  },
  {
    mistake: "a heartbeat continues after the read",
    caughtBy: "a stop signal ends the read between two calls and leaves nothing behind",
    connector: createWikiConnector({
      sync: {
        async *seat({ client }) {
          const heartbeat = setInterval(() => undefined, 60_000);
          yield* await client.seats();
          clearInterval(heartbeat);
        },
      },
    }),
  },
];
