import { generateKeyPairSync, verify } from "node:crypto";
import { expect, test } from "vitest";
import { createOAuth, type OAuthGrant } from "../src/index.ts";
import { createHttp } from "../src/http/create-http.ts";
import { createConnection } from "../src/run.ts";
import { defineConnector } from "../src/index.ts";
import { z } from "zod";

const BASE = "http://wiki.example.com";

/** A system that accepts only the newest token, with its sign-in. */
function openSystem({ tokens = 100 }: { tokens?: number } = {}) {
  const signIns: URLSearchParams[] = [];
  const seen: string[] = [];
  const fetch = async (input: string | URL | Request, init?: RequestInit): Promise<Response> => {
    const { pathname, host } = new URL(input instanceof Request ? input.url : input);
    if (pathname === "/token") {
      signIns.push(new URLSearchParams(init?.body as string));
      if (signIns.length > tokens)
        return Response.json({ error: "invalid_grant", error_description: "no more" }, { status: 400 });
      return Response.json({ access_token: `canary-token-${signIns.length}`, instance_url: "http://pod.example.com" });
    }
    const token = new Headers(init?.headers).get("authorization")!;
    seen.push(`${host} ${token}`);
    return token === `Bearer canary-token-${signIns.length}` && !expired.has(token)
      ? Response.json(["page"])
      : Response.json({ detail: `${token} has ended` }, { status: 401 });
  };
  const expired = new Set<string>();
  return {
    fetch,
    signIns,
    seen,
    expire: () => expired.add(`Bearer canary-token-${signIns.length}`),
  };
}

function connect(system: ReturnType<typeof openSystem>, signIn: OAuthGrant = CLIENT) {
  const create = (options: Parameters<typeof createHttp>[0]) => createHttp(options, { fetch: system.fetch });
  const auth = createOAuth(
    { system: "Wiki", baseUrl: BASE, path: "/token", signIn, baseUrlField: "instance_url" },
    create,
  );
  return create({ system: "Wiki", baseUrl: BASE, auth, retry: { retries: 0 } });
}

const CLIENT: OAuthGrant = { grant: "client_credentials", clientId: "app", clientSecret: "canary-secret" };
const GET = { method: "GET", path: "/pages" } as const;

test("a token is obtained at the first call, and used at the address that comes with it", async () => {
  const system = openSystem();
  const http = connect(system);
  expect(system.signIns).toEqual([]);
  expect(await http.request(GET)).toEqual(["page"]);
  expect((await http.list(GET)).items).toEqual(["page"]);
  expect((await http.requestWithHeaders(GET)).body).toEqual(["page"]);
  expect(system.seen).toEqual(Array(3).fill("pod.example.com Bearer canary-token-1"));
  expect(system.signIns.map(String)).toEqual([
    "grant_type=client_credentials&client_id=app&client_secret=canary-secret",
  ]);
});

test("an expired token is renewed once for all calls, and each of them is sent again", async () => {
  const system = openSystem();
  const http = connect(system);
  await http.request(GET);
  system.expire();
  expect(await Promise.all([1, 2, 3].map(() => http.request(GET)))).toEqual([["page"], ["page"], ["page"]]);
  expect(system.signIns).toHaveLength(2);
});

test("a refused renewal fails with the error of the sign-in", async () => {
  const system = openSystem({ tokens: 2 });
  const http = connect(system);
  await http.request(GET);
  system.expire();
  await http.request(GET);
  system.expire();
  await expect(http.request(GET)).rejects.toMatchObject({
    code: "PERMISSION_DENIED",
    message: expect.stringContaining("invalid_grant: no more"),
  });
});

test("the other grants send their fields", async () => {
  const system = openSystem();
  await connect(system, { grant: "refresh_token", clientId: "app", refreshToken: "canary-refresh" }).request(GET);
  expect(String(system.signIns[0])).toBe("grant_type=refresh_token&client_id=app&refresh_token=canary-refresh");

  const { publicKey, privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const pem = privateKey.export({ type: "pkcs8", format: "pem" }).toString();
  const bearer = { grant: "jwt_bearer", clientId: "app", username: "ann", audience: BASE, privateKey: pem } as const;
  await connect(system, bearer).request(GET);
  const [header, claims, signature] = system.signIns[1]!.get("assertion")!.split(".");
  expect(JSON.parse(Buffer.from(claims!, "base64url").toString())).toMatchObject({ iss: "app", sub: "ann", aud: BASE });
  const isSigned = verify(
    "RSA-SHA256",
    Buffer.from(`${header}.${claims}`),
    publicKey,
    Buffer.from(signature!, "base64url"),
  );
  expect(isSigned).toBe(true);
  expect(() => connect(system, { ...bearer, privateKey: "canary-key" })).toThrow(
    /^(?!.*canary).*not a private key in PEM/,
  );
});

test("no error of the connection contains a token, even if the system echoes it", async () => {
  const system = openSystem();
  const wiki = defineConnector({
    name: "wiki",
    title: "Wiki",
    config: z.object({}),
    resourceTypes: { account: { type: "account", name: "User" } },
    connect: (_config, { http }) =>
      http({
        system: "Wiki",
        baseUrl: BASE,
        auth: createOAuth({ system: "Wiki", baseUrl: BASE, path: "/token", signIn: CLIENT }, http),
        explain: ({ body }) => ({ message: JSON.stringify(body) }),
      }),
    check: async ({ client }) => {
      await client.request(GET);
      system.expire();
      await client.request({ ...GET, path: "/token/gone" });
      return [];
    },
    sync: () => ({ async *account() {} }),
  });
  const never = async (input: string | URL | Request, init?: RequestInit) => {
    const response = await system.fetch(input, init);
    system.expire();
    return response;
  };
  const connection = await createConnection(wiki, {}, { fetch: never, retry: { retries: 0 } });
  const error = await connection.check().catch((thrown: Error) => thrown.message);
  expect(error).toContain("has ended");
  expect(error).not.toContain("canary");
});
