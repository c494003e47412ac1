import { expect, test } from "vitest";
import { Credentials, findLeak } from "../src/conformance/credentials.ts";

const SECRET = "kT7-pQ2x/Vw9+LmN4";
const base64 = (text: string) => Buffer.from(text).toString("base64");

async function send(url: string, init: RequestInit = {}, response = new Response("{}")): Promise<string[]> {
  const credentials = new Credentials();
  await credentials.watch(async () => response)(url, init);
  return credentials.all;
}

test.each([
  ["a bearer token", { authorization: `Bearer ${SECRET}` }],
  ["the password of a user", { authorization: `Basic ${base64(`svc@example.com:${SECRET}`)}` }],
  ["a key for a user name", { authorization: `Basic ${base64(`${SECRET}:x`)}` }],
  ["a cookie", { cookie: `lang=en; session=${SECRET}` }],
  ["a custom header", { "x-api-key": SECRET }],
])("%s is a credential", async (_what, headers) => {
  expect(await send("http://wiki.example.com/users", { headers })).toContain(SECRET);
});

test("values of a form, an address and a sign-in are credentials", async () => {
  const body = new URLSearchParams({ grant_type: "password", client_secret: SECRET });
  const granted = Response.json(
    { access_token: "session-8f3e", expires_in: 60 },
    { headers: { "set-cookie": "sid=c0ffee1; Path=/" } },
  );
  expect(await send("http://wiki.example.com/token", { method: "POST", body }, granted)).toEqual([
    SECRET,
    "c0ffee1",
    "session-8f3e",
  ]);
  expect(await send(`http://wiki.example.com/users?access_token=${encodeURIComponent(SECRET)}`)).toEqual([SECRET]);
});

test("a list read with credentials brings no further ones", async () => {
  const page = Response.json({ items: [], next_token: "page-2-of-users" });
  expect(await send("http://wiki.example.com/users", { headers: { authorization: "Bearer abcdefgh" } }, page)).toEqual([
    "abcdefgh",
  ]);
});

test.each([
  SECRET,
  SECRET.slice(0, 8),
  encodeURIComponent(SECRET),
  base64(SECRET),
  Buffer.from(SECRET).toString("hex"),
  Buffer.from(SECRET).toString("hex").toUpperCase(),
])("%s leaks the secret", (shown) => {
  expect(findLeak(`it sent ${shown}`, [SECRET])).toBe(SECRET);
});

test("a user name leaks nothing, a pair of name and password does", () => {
  const pair = base64(`svc@example.com:${SECRET}`);
  expect(findLeak(`it sent ${base64("svc@example.com:")}`, [pair])).toBeUndefined();
  expect(findLeak(`it sent ${pair}`, [pair])).toBe(pair);
});
