import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { Provider } from "oidc-provider";

export const CLIENT = { id: "bridge", secret: "a-secret-of-the-client" };

interface Person {
  name: string;
  email: string;
  groups: string[];
}

/** A real OpenID Connect provider on this machine whose people sign in without being asked for a password. */
export async function startIdentityProvider({
  redirectUri,
  conformIdTokenClaims = false,
}: {
  redirectUri: string;
  /** Whether claims are at the UserInfo endpoint alone, and not in the ID token. */
  conformIdTokenClaims?: boolean;
}) {
  const people = new Map<string, Person>();
  let current = "";
  let handle: (request: IncomingMessage, response: ServerResponse) => unknown = () => {};
  const server = createServer((request, response) => void handle(request, response));
  // Longer than any test, so that no connection ends while it is taken up again.
  server.keepAliveTimeout = 120_000;
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const clients = [CLIENT.id, "another-client"].map((client_id) => ({
    client_id,
    client_secret: CLIENT.secret,
    redirect_uris: [redirectUri],
    grant_types: ["authorization_code", "refresh_token"],
    scope: "openid profile email groups offline_access",
  }));
  const provider = new Provider(issuer, {
    clients,
    cookies: { keys: ["for tests"] },
    claims: { openid: ["sub"], profile: ["name"], email: ["email"], groups: ["groups"] },
    scopes: ["openid", "offline_access"],
    conformIdTokenClaims,
    features: { devInteractions: { enabled: false } },
    issueRefreshToken: async () => true,
    findAccount: (_context, sub) => {
      const person = people.get(sub);
      return person && { accountId: sub, claims: async () => ({ sub, ...person }) };
    },
    // Signs in whoever was chosen, and gives the consent that a client asks for.
    loadExistingGrant: async (context) => {
      const grant = new context.oidc.provider.Grant({
        clientId: context.oidc.client?.clientId ?? "",
        accountId: context.oidc.session?.accountId ?? "",
      });
      grant.addOIDCScope("openid profile email groups offline_access");
      await grant.save();
      return grant;
    },
    interactions: { url: (_context, { uid }) => `/interaction/${uid}` },
  });
  const callback = provider.callback();
  handle = async (request, response) => {
    if (!request.url?.startsWith("/interaction/")) return callback(request, response);
    await provider.interactionFinished(request, response, { login: { accountId: current } });
  };

  return {
    issuer,
    people,
    /** Goes through the provider's pages as the person; returns the address that it sends the browser back to. */
    async signIn(sub: string, start: string): Promise<string> {
      current = sub;
      const cookies = new Map<string, string>();
      let address = start;
      while (address.startsWith(issuer)) {
        const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join("; ");
        const response = await fetch(address, { redirect: "manual", headers: { cookie } });
        for (const line of response.headers.getSetCookie()) {
          const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
          cookies.set(name, value);
        }
        const location = response.headers.get("location");
        if (location === null)
          throw new Error(`The provider stopped at ${address}: ${response.status} ${await response.text()}`);
        address = new URL(location, address).href;
      }
      return address;
    },
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}
