import { expect, test } from "vitest";
import { createBridge } from "../src/index.ts";
import { createRateLimiter } from "../src/operations/rate-limit.ts";
import { createApi } from "./support/api.ts";
import { openBridge } from "./support/open-bridge.ts";

test("a key over its limit gets 429 with Retry-After in whole seconds; another key is not affected", async () => {
  await using bridge = await openBridge("pglite", { rateLimit: { requests: 3, seconds: 3600 } });
  const busy = await createApi(bridge);
  const other = await createApi(bridge, { org: busy.slug });
  const statuses: number[] = [];
  for (let call = 0; call < 3; call++) statuses.push((await busy.call("GET", "/apps/")).status);
  expect(statuses).toEqual([200, 200, 200]);
  const refused = await busy.call("GET", "/apps/");
  expect(refused.status).toBe(429);
  expect(refused.body).toEqual({
    detail: expect.stringMatching(/^The API key made more than 3 requests in 3600 s; try/),
  });
  const seconds = refused.headers.get("retry-after");
  expect(seconds).toMatch(/^[1-9]\d*$/);
  expect(Number(seconds)).toBeLessThanOrEqual(3600);
  expect((await other.call("GET", "/apps/")).status).toBe(200);
});

test("Retry-After is at least a second, and then the key may call again", async () => {
  await using bridge = await openBridge("pglite", { rateLimit: { requests: 1, seconds: 0.05 } });
  const api = await createApi(bridge);
  // The two calls may fall into two windows; that many pairs do not.
  await expect
    .poll(async () => {
      const responses = await Promise.all([api.call("GET", "/apps/"), api.call("GET", "/apps/")]);
      return responses.find(({ status }) => status === 429)?.headers.get("retry-after");
    })
    .toBe("1");
  await expect.poll(async () => (await api.call("GET", "/apps/")).status, { interval: 60 }).toBe(200);
});

test("calls without a valid key are not counted", async () => {
  await using bridge = await openBridge("pglite", { rateLimit: { requests: 2, seconds: 60 } });
  const api = await createApi(bridge);
  const [prefix, id] = api.key.split("_");
  const authorization = `Api-Key ${prefix}_${id}_${"x".repeat(43)}`;
  for (let call = 0; call < 5; call++)
    expect((await api.send("GET", "/apps/", { headers: { authorization } })).status).toBe(401);
  expect((await api.call("GET", "/apps/")).status).toBe(200);
});

test("null disables the limit", async () => {
  const limiter = createRateLimiter(null);
  await Promise.all(Array.from({ length: 100_000 }, () => limiter("key")));
  const strict = createRateLimiter({ requests: 99_999, seconds: 60 });
  const calls = Promise.all(Array.from({ length: 100_000 }, () => strict("key")));
  await expect(calls).rejects.toThrow("more than 99999 requests in 60 s");
});

test("an invalid limit is refused", async () => {
  for (const rateLimit of [
    { requests: 0, seconds: 1 },
    { requests: 1.5, seconds: 1 },
    { requests: 1, seconds: 0 },
    { requests: 1, seconds: Number.NaN },
  ])
    await expect(createBridge({ database: { kind: "pglite" }, rateLimit })).rejects.toThrow("A rate limit must be");
});
