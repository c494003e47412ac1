import { inspect } from "node:util";
import { expect, test } from "vitest";
import { createHttp, isUpstreamError, type HttpRequest, type UpstreamError } from "../src/index.ts";

const SECRET = "s3cr3t-token";

/** An upstream that gives these answers in turn, and the log of what it was asked. */
function upstream(...answers: (() => Response | Promise<Response>)[]) {
  const calls: string[] = [];
  const fetch: typeof globalThis.fetch = async (url, init) => {
    calls.push(`${init?.method} ${new Request(url).url}`);
    return answers[Math.min(calls.length, answers.length) - 1]!();
  };
  const http = createHttp(
    {
      system: "Wiki at http://wiki.example.com",
      baseUrl: "http://wiki.example.com/api",
      headers: { authorization: `Bearer ${SECRET}` },
      timeoutSeconds: 1,
      retry: { retries: 3, minDelaySeconds: 0.001, maxDelaySeconds: 0.002 },
    },
    { fetch },
  );
  return { calls, http };
}

const json =
  (body: unknown, status = 200, headers = {}) =>
  () =>
    Response.json(body, { status, headers });
const refused = () => {
  const cause = Object.assign(new Error("connect ECONNREFUSED 127.0.0.1:1"), { code: "ECONNREFUSED" });
  throw new TypeError("fetch failed", { cause });
};
const reset = () => {
  throw new TypeError("fetch failed", { cause: Object.assign(new Error("read ECONNRESET"), { code: "ECONNRESET" }) });
};
const read: HttpRequest = { method: "GET", path: "/users" };
const write: HttpRequest = { method: "POST", path: "/users", body: { name: "A" } };

async function failure(call: Promise<unknown>): Promise<UpstreamError> {
  const error = await call.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!isUpstreamError(error)) throw new Error("an UpstreamError was due", { cause: error });
  return error;
}

test("an answer is its parsed JSON", async () => {
  const { http, calls } = upstream(json([{ id: 1 }]));
  expect(await http.request({ ...read, query: { page: 2, all: undefined } })).toEqual([{ id: 1 }]);
  expect(calls).toEqual(["GET http://wiki.example.com/api/users?page=2"]);
});

test("429 is waited for as long as Retry-After says, also for a write", async () => {
  const { http, calls } = upstream(json({}, 429, { "retry-after": "0.2" }), json({ id: 1 }, 201));
  const started = performance.now();
  expect(await http.request(write)).toEqual({ id: 1 });
  expect(performance.now() - started).toBeGreaterThan(190);
  expect(calls).toHaveLength(2);
});

test("a Retry-After beyond the limit fails at once and is told", async () => {
  const { http, calls } = upstream(json({}, 429, { "retry-after": "86400" }));
  expect(await failure(http.request(read))).toMatchObject({ code: "RATE_LIMITED", retryAfterSeconds: 86_400 });
  expect(calls).toHaveLength(1);
});

test("a read is sent again after a fault, a write whose effect is unknown is not", async () => {
  const reads = upstream(reset, json({}, 500), json({ ok: true }));
  expect(await reads.http.request(read)).toEqual({ ok: true });

  const writes = upstream(reset, json({ ok: true }));
  expect(await failure(writes.http.request(write))).toMatchObject({ effect: "unknown" });
  expect(writes.calls).toHaveLength(1);
  const internal = upstream(json({}, 500));
  await failure(internal.http.request(write));
  expect(internal.calls).toHaveLength(1);
});

test("a write that was never sent is sent again", async () => {
  const { http, calls } = upstream(refused, refused, json({ id: 1 }));
  expect(await http.request(write)).toEqual({ id: 1 });
  expect(calls).toHaveLength(3);
});

test("a write that is declared idempotent is sent again", async () => {
  const { http } = upstream(reset, json({ id: 1 }));
  expect(await http.request({ ...write, isIdempotent: true })).toEqual({ id: 1 });
});

test("an HTML page with status 200 is an error that names system, call and title", async () => {
  const page = () =>
    new Response("<html><title>Please sign in</title></html>", { headers: { "content-type": "text/html" } });
  const error = await failure(upstream(page).http.request(read));
  expect(error.message).toContain("Wiki at http://wiki.example.com answered GET /users with text/html");
  expect(error.message).toContain("Please sign in");
});

test("JSON that is cut off is an error, after retries", async () => {
  const cut = () => new Response('[{"id":1},{"id', { headers: { "content-type": "application/json" } });
  const { http, calls } = upstream(cut);
  expect((await failure(http.request(read))).message).toContain("cut off or broken after 14 characters");
  expect(calls).toHaveLength(4);
});

test("a redirect is an error: it may lead to a login page", async () => {
  const redirect = () => new Response(null, { status: 302, headers: { location: "/login" } });
  expect((await failure(upstream(redirect).http.request(read))).message).toContain("answered 302 to GET /users");
});

test("an upstream that does not answer is a TIMEOUT", async () => {
  const never = () => new Promise<Response>(() => undefined);
  const http = createHttp(
    { system: "Wiki", baseUrl: "http://wiki.example.com", timeoutSeconds: 0.05, retry: { retries: 0 } },
    {
      fetch: (_url, init) =>
        Promise.race([
          never(),
          new Promise<Response>((_resolve, reject) =>
            init!.signal!.addEventListener("abort", () => reject(init!.signal!.reason as Error)),
          ),
        ]),
    },
  );
  expect(await failure(http.request(read))).toMatchObject({ code: "TIMEOUT", effect: "unknown" });
});

test.each([
  [401, "PERMISSION_DENIED", "none"],
  [403, "PERMISSION_DENIED", "none"],
  [429, "RATE_LIMITED", "none"],
  [503, "RATE_LIMITED", "unknown"],
  [504, "TIMEOUT", "unknown"],
  [500, "INTERNAL_ERROR", "unknown"],
  [400, "INTERNAL_ERROR", "none"],
])("status %i reads as %s with effect %s", async (status, code, effect) => {
  expect(await failure(upstream(json({}, status)).http.request(write))).toMatchObject({ code, effect, status });
});

test("no secret is in an error", async () => {
  const echo = () => new Response(`bad token ${SECRET} / ${encodeURIComponent(SECRET)}`, { status: 400 });
  const error = await failure(upstream(echo).http.request(read));
  expect(error.message).toContain("bad token [secret]");
  expect(inspect(error)).not.toContain(SECRET);
});
