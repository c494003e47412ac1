import { createWikiClient } from "../support/wiki-client.ts";
import { createWikiConnector } from "../support/wiki-connector.ts";
import type { BrokenConnector } from "./broken-connector.ts";

export const brokenSecrets: readonly BrokenConnector[] = [
  {
    mistake: "an error shows the token",
    caughtBy: "no message shows a secret",
    connector: createWikiConnector({
      client: (good, _, { token }) => ({
        async seats() {
          try {
            return await good.seats();
          } catch (error) {
            throw new Error(`reading seats with ${token} failed`, { cause: error });
          }
        },
      }),
    }),
  },
  {
    mistake: "an error shows the token in hexadecimal, as in a dump of a request",
    caughtBy: "no message shows a secret",
    connector: createWikiConnector({
      client: (good, _, { token }) => ({
        async seats() {
          try {
            return await good.seats();
          } catch (error) {
            throw new Error(`sent ${Buffer.from(token).toString("hex")}`, { cause: error });
          }
        },
      }),
    }),
  },
  {
    mistake: "an error shows the beginning of the token",
    caughtBy: "no message shows a secret",
    connector: createWikiConnector({
      client: (good, _, { token }) => ({
        async seats() {
          try {
            return await good.seats();
          } catch (error) {
            throw new Error(`reading seats with ${token.slice(0, 9)}... failed`, { cause: error });
          }
        },
      }),
    }),
  },
  {
    mistake: "an error shows the session of a sign-in",
    caughtBy: "no message shows a secret",
    connector: {
      ...createWikiConnector(),
      async connect(config, { http: createHttp }) {
        const options = { system: "The wiki", baseUrl: config.url };
        const body = new URLSearchParams({ client_secret: config.token });
        const signIn = createHttp(options);
        const { session_token: session } = await signIn.request<{ session_token: string }>({
          method: "POST",
          path: "/session",
          body,
        });
        const good = createWikiClient(createHttp({ ...options, headers: { authorization: `Bearer ${session}` } }));
        return {
          ...good,
          async seats() {
            try {
              return await good.seats();
            } catch (error) {
              throw new Error(`the session ${session} was not taken`, { cause: error });
            }
          },
        };
      },
    },
  },
];
