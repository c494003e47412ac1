import { inspect } from "node:util";
import { afterEach, expect, test, vi } from "vitest";
import { urlPath, type HttpRequest } from "../src/index.ts";
import { createHttp } from "../src/http/create-http.ts";
import { createUsage, runContext } from "../src/run-context.ts";
import { failure, networkError, refused as refusedError, reset as resetError } from "./support/failing-upstream.ts";

const SECRET = "s3cr3t-token";

/** An upstream that sends these responses in turn, and the log of its requests. */
function upstream(...responses: (() => Response | Promise<Response>)[]) {
  const calls: string[] = [];
  const fetch: typeof globalThis.fetch = async (url, init) => {
    calls.push(`${init?.method} ${new Request(url).url}`);
    return responses[Math.min(calls.length, responses.length) - 1]!();
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
const refused = () => Promise.reject(refusedError());
const reset = () => Promise.reject(resetError());
const read: HttpRequest = { method: "GET", path: "/users" };
const write: HttpRequest = { method: "POST", path: "/users", body: { name: "A" } };

afterEach(() => void vi.useRealTimers());

test("a request returns the parsed JSON", async () => {
  const { http, calls } = upstream(json([{ id: 1 }]));
  expect(await http.request({ ...read, query: { page: 2, all: undefined } })).toEqual([{ id: 1 }]);
  expect(calls).toEqual(["GET http://wiki.example.com/api/users?page=2"]);
});

test("after a 429 a call is sent again when Retry-After is over, also a write", async () => {
  vi.useFakeTimers();
  const { http, calls } = upstream(json({}, 429, { "retry-after": "20" }), json({ id: 1 }, 201));
  const created = http.request(write);
  await vi.advanceTimersByTimeAsync(19_000);
  expect(calls).toHaveLength(1);
  await vi.advanceTimersByTimeAsync(4_000);
  expect(await created).toEqual({ id: 1 });
  expect(calls).toHaveLength(2);
});

test("a Retry-After above the limit fails at once, and the error has it", async () => {
  const { http, calls } = upstream(json({}, 429, { "retry-after": "86400" }));
  expect(await failure(http.request(read))).toMatchObject({ code: "RATE_LIMITED", retryAfterSeconds: 86_400 });
  expect(calls).toHaveLength(1);
});

test("a read is sent again after a fault, a write with an unknown effect is not", async () => {
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
  expect(error.message).toContain("Wiki at http://wiki.example.com returned no JSON to GET /users but text/html");
  expect(error.message).toContain("Please sign in");
});

test("incomplete JSON is an error, after retries", async () => {
  const cut = () => new Response('[{"id":1},{"id', { headers: { "content-type": "application/json" } });
  const { http, calls } = upstream(cut);
  expect((await failure(http.request(read))).message).toContain("incomplete or broken JSON of 14 characters");
  expect(calls).toHaveLength(4);
});

test("a redirect is an error: it may lead to a login page", async () => {
  const redirect = () => new Response(null, { status: 302, headers: { location: "/login?token=abc" } });
  expect((await failure(upstream(redirect).http.request(read))).message).toBe(
    "Wiki at http://wiki.example.com returned 302 to GET /users: it redirects to /login; is the address right, and " +
      "is the key still valid?",
  );
});

const connectFailure = (code: string) => networkError(`connect ${code}`, { code, syscall: "connect" }).cause;
test.each([
  ["a refused connection", refusedError(), "none"],
  ["an unknown host", networkError("getaddrinfo ENOTFOUND", { code: "ENOTFOUND" }), "none"],
  ["a connection that took too long", networkError("Connect Timeout", { code: "UND_ERR_CONNECT_TIMEOUT" }), "none"],
  ["a connection that timed out", new TypeError("fetch failed", { cause: connectFailure("ETIMEDOUT") }), "none"],
  ["an expired certificate", networkError("certificate has expired", { code: "CERT_HAS_EXPIRED" }), "none"],
  [
    "every address of a host refused",
    new TypeError("fetch failed", {
      cause: new AggregateError([connectFailure("ETIMEDOUT"), connectFailure("ENETUNREACH")]),
    }),
    "none",
  ],
  ["a reset", resetError(), "unknown"],
  ["a broken pipe", networkError("write EPIPE", { code: "EPIPE", syscall: "write" }), "unknown"],
  ["a timeout while reading", networkError("read ETIMEDOUT", { code: "ETIMEDOUT", syscall: "read" }), "unknown"],
  ["a closed connection", networkError("other side closed", { code: "UND_ERR_SOCKET" }), "unknown"],
  ["no headers in time", networkError("Headers Timeout Error", { code: "UND_ERR_HEADERS_TIMEOUT" }), "unknown"],
  ["a failure that says nothing", new TypeError("fetch failed"), "unknown"],
])("%s has the effect that is certain", async (_what, error, effect) => {
  const { http, calls } = upstream(() => Promise.reject(error), json({ id: 1 }));
  if (effect === "none") expect(await http.request(write)).toEqual({ id: 1 });
  else expect(await failure(http.request(write))).toMatchObject({ effect });
  expect(calls).toHaveLength(effect === "none" ? 2 : 1);
});

test("a mistake of the connector is neither retried nor reported as a network failure", async () => {
  const { http, calls } = upstream(json({}, 400));
  await expect(http.request({ ...write, body: { size: 1n } })).rejects.toThrow("BigInt");
  await expect(http.request({ ...read, path: "@evil.example.com/users" })).rejects.toThrow("begins with a slash");
  expect(calls).toEqual([]);
  const broken = createHttp(
    {
      system: "Wiki",
      baseUrl: "http://wiki.example.com",
      explain: ({ body }) => (body as { no: { field: {} } }).no.field,
    },
    { fetch: async () => Response.json({}, { status: 400 }) },
  );
  await expect(broken.request(read)).rejects.toThrow(TypeError);
});

test("an error in a response with status 200 quotes the system without the secret, and is not retried", async () => {
  let calls = 0;
  const http = createHttp(
    {
      system: "Wiki",
      baseUrl: "http://wiki.example.com",
      headers: { authorization: `Bearer ${SECRET}` },
      explainSuccess: ({ body }) => (body as { error?: { message: string } }).error,
    },
    {
      async fetch() {
        calls++;
        return Response.json({ error: { message: `no such page for ${SECRET}` } });
      },
    },
  );
  const error = await failure(http.request(read));
  expect(error).toMatchObject({ code: "INTERNAL_ERROR", isRetryable: false, effect: "unknown", status: 200 });
  expect((error as Error).message).toMatch(/^Wiki returned 200 to GET \/users with an error in it: no such page for /);
  expect(inspect(error, { showHidden: true })).not.toContain(SECRET);
  expect(calls).toBe(1);
});

test("a header that can't be sent fails at once, without its value in the message", () => {
  const headers = { authorization: "Bearer canary\ncanary" };
  expect(() => createHttp({ system: "Wiki", baseUrl: "http://wiki.example.com", headers })).toThrow(
    /^The header authorization for Wiki can't be sent: its value has a line break[^]*$/,
  );
  expect(() => createHttp({ system: "Wiki", baseUrl: "http://wiki.example.com", headers })).not.toThrow("canary");
});

test("requestWithHeaders returns the headers of the response", async () => {
  const { http } = upstream(json({}, 500), json({ id: 1 }, 201, { location: "/users/1" }));
  const { body, headers } = await http.requestWithHeaders<{ id: number }>({ ...write, isIdempotent: true });
  expect([body, headers.get("location")]).toEqual([{ id: 1 }, "/users/1"]);
});

test("an empty response is undefined", async () => {
  expect(await upstream(() => new Response(null, { status: 204 })).http.request(write)).toBeUndefined();
});

test("a run counts calls, retries and rate-limited calls", async () => {
  const { http } = upstream(json({}, 500), json({}, 429), json({ ok: true }));
  const usage = createUsage();
  const context = { work: "sync" as const, usage, signal: new AbortController().signal };
  await runContext.run(context, () => http.request(read));
  expect(usage).toMatchObject({ calls: 3, retries: 2, rateLimited: 1 });
  expect(usage.waitSeconds).toBeGreaterThan(0);
});

test("an upstream that does not respond is a TIMEOUT", async () => {
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

test("a call whose response breaks off may have had an effect, whatever the reason", async () => {
  const broken = () => new Response(new ReadableStream({ start: (body) => body.error(connectFailure("ETIMEDOUT")) }));
  expect(await failure(upstream(broken).http.request(write))).toMatchObject({ effect: "unknown" });
});

test("an error, its body and its causes contain no secret", async () => {
  const spoken = `bad token ${SECRET} / ${encodeURIComponent(SECRET)}`;
  const refusal = await failure(upstream(json({ message: spoken }, 400)).http.request(read));
  const fault = networkError(spoken, { code: "EPIPE" });
  // Reading the stack, as a logger does, fixes the message in it.
  expect((fault.cause as Error).stack).toContain(SECRET);
  const unreachable = await failure(upstream(() => Promise.reject(fault)).http.request(write));
  expect(unreachable.message).toContain("bad token [secret]");
  for (const error of [refusal, unreachable]) expect(inspect(error, { showHidden: true })).not.toContain(SECRET);
});

test.each([
  "/users/..",
  "/users/../suspend",
  "/users/./keys",
  "/users/%2E%2e/x",
  "/users//suspend",
  "/users/..\\x",
  "/u/.\t./x",
])("the path %j, which leads elsewhere, is refused before anything is sent", async (path) => {
  const { http, calls } = upstream(json({}));
  const error = await failure(http.request({ method: "POST", path }));
  expect(error).toMatchObject({ code: "INTERNAL_ERROR", effect: "none", isRetryable: false });
  expect(error.message).toContain(`POST ${path}: the segment`);
  expect(calls).toEqual([]);
});

test("a path may end in a slash, and its query may contain anything", async () => {
  const { http, calls } = upstream(json({}));
  await http.request({ method: "GET", path: "/users/?next=//../x" });
  expect(calls).toEqual(["GET http://wiki.example.com/api/users/?next=//../x"]);
});

test("an id in a path is one segment, and an id that can't be one is refused", () => {
  expect(urlPath`/users/${"a/.. b?"}/roles/${7}`).toBe("/users/a%2F..%20b%3F/roles/7");
  for (const id of ["", ".", "..", "%2e%2E"])
    expect(() => urlPath`/users/${id}`).toThrow("can't be part of an address");
});
