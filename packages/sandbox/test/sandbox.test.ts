import { describe, expect, test } from "vitest";
import { createSandbox, seedPeople, when, type Fault, type FaultMatch } from "../src/index.ts";
import { createShelf } from "./support/shelf.ts";

/** A shelf with one rule, and a call that adds a book to it. */
function failing(fault: Fault, match: FaultMatch = { nth: 1, times: 1 }) {
  const shelf = createShelf();
  shelf.sandbox.fault(when(match, fault));
  const add = () =>
    shelf.sandbox.fetch("http://shelf.example.com/api/books", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ title: "New" }),
    });
  return { ...shelf, add };
}

describe("faults", () => {
  test("a fault before the effect changes nothing, one after it does", async () => {
    const before = failing({ kind: "response", status: 429, headers: { "retry-after": "1" }, body: { error: "slow" } });
    const response = await before.add();
    expect([response.status, response.headers.get("retry-after"), before.books.length]).toEqual([429, "1", 5]);
    expect(await response.json()).toEqual({ error: "slow" });
    const after = failing({ kind: "response", status: 500, isAfterEffect: true });
    expect([(await after.add()).status, after.books.length]).toEqual([500, 6]);
  });

  test("a reset rejects like fetch does, before the effect or after it", async () => {
    const before = failing({ kind: "reset" });
    await expect(before.add()).rejects.toMatchObject({ name: "TypeError", cause: { code: "ECONNRESET" } });
    expect([before.books.length, before.sandbox.requests[0]?.status]).toEqual([5, 0]);
    const after = failing({ kind: "reset", isAfterEffect: true });
    await expect(after.add()).rejects.toThrow("fetch failed");
    expect(after.books).toHaveLength(6);
  });

  test("a response may be truncated or replaced by a login page", async () => {
    const truncated = failing({ kind: "truncate" });
    await expect((await truncated.add()).json()).rejects.toThrow(SyntaxError);
    expect(truncated.books).toHaveLength(6);
    const login = failing({ kind: "login-page" });
    const response = await login.add();
    expect([response.status, response.headers.get("content-type")]).toEqual([200, "text/html; charset=utf-8"]);
    expect(await response.text()).toContain("<title>Login");
    expect(login.books).toHaveLength(5);
  });

  test("a list may repeat its page forever or hide rows", async () => {
    const { sandbox, get } = createShelf();
    const read = async (start: number) => (await get(`/api/books?start=${start}`)).json();
    const second = await read(2);
    const clear = sandbox.fault(when({ path: "/api/books", nth: 2 }, { kind: "repeat" }));
    await read(0);
    expect([await read(2), await read(4), await read(6)]).toEqual([second, second, second]);
    clear();
    sandbox.fault(when({}, { kind: "change", change: ({ books, total }) => ({ books: books.slice(1), total }) }));
    expect(await read(0)).toEqual({ books: [{ id: "2", title: "Book 2" }], total: 5 });
    expect((await get("/api/books/99")).status).toBe(404);
  });

  test("rules count the calls that they match, and can be removed", async () => {
    const { sandbox, get } = createShelf();
    const fault: Fault = { kind: "response", status: 503 };
    const clear = sandbox.fault(when({ path: /^\/api\/books\/\d+$/, nth: 2, times: 2 }, fault));
    const statuses = [];
    for (const path of ["/api/books/1", "/api/books", "/api/books/2", "/api/books/3", "/api/books/4"])
      statuses.push((await get(path)).status);
    expect(statuses).toEqual([200, 200, 503, 503, 200]);
    clear();
    sandbox.fault(when({ query: { start: "4" } }, fault));
    sandbox.fault(({ method, count }) => (method === "GET" && count === 3 ? { kind: "reset" } : undefined));
    expect([(await get("/api/books?start=4")).status, (await get("/api/books/1")).status]).toEqual([503, 200]);
    await expect(get("/api/books?start=2")).rejects.toThrow("fetch failed");
  });

  test("a slow response ends at once if the caller aborts, and no call stays pending", async () => {
    const { sandbox } = createShelf();
    sandbox.fault(when({}, { kind: "delay", milliseconds: 60_000 }));
    const controller = new AbortController();
    const call = sandbox.fetch("http://shelf.example.com/api/books", { signal: controller.signal });
    await expect.poll(() => sandbox.pending).toBe(1);
    controller.abort(new Error("enough"));
    await expect(call).rejects.toThrow("enough");
    expect(sandbox.pending).toBe(0);
  });

  test("a port serves the same product, including broken connections", async () => {
    const { sandbox } = createShelf();
    const server = await sandbox.listen();
    try {
      expect(await (await fetch(`${server.url}/api/books/1`)).json()).toEqual({ id: "1", title: "Book 1" });
      const clear = sandbox.fault(when({}, { kind: "reset" }));
      await expect(fetch(`${server.url}/api/books/1`)).rejects.toThrow("fetch failed");
      clear();
      expect((await fetch(`${server.url}/api/books/1`)).status).toBe(200);
    } finally {
      await server.close();
    }
  });
});

test("the log shows method, path, query and status, but no secret", async () => {
  const { sandbox, get } = createShelf();
  await get("/api/books?start=2");
  await get("/api/books/9?api_key=canary");
  expect(sandbox.requests).toEqual([
    { method: "GET", path: "/api/books", query: "start=2", authorization: "Bearer [masked]", status: 200 },
    {
      method: "GET",
      path: "/api/books/9",
      query: "api_key=%5Bmasked%5D",
      authorization: "Bearer [masked]",
      status: 404,
    },
  ]);
  expect(JSON.stringify(sandbox.requests)).not.toContain("canary");
  expect([sandbox.requestCount(), sandbox.requestCount({ path: "/api/books" })]).toEqual([2, 1]);
});

test("an error of the app itself is thrown to the caller", async () => {
  const sandbox = createSandbox({
    fetch: () => {
      throw new RangeError("no such shelf");
    },
  });
  await expect(sandbox.fetch("http://shelf.example.com/")).rejects.toThrow("no such shelf");
});

describe("fictional people", () => {
  test("are the same for the same seed, differ for another, and have addresses at example.com", () => {
    const one = [...seedPeople({ count: 500 })];
    expect([...seedPeople({ count: 500 })]).toEqual(one);
    expect([...seedPeople({ count: 500, seed: 2 })]).not.toEqual(one);
    expect(new Set(one.map(({ email }) => email)).size).toBe(500);
    expect(one.every(({ email }) => email.endsWith("@example.com"))).toBe(true);
    expect([...seedPeople({ count: 1, domain: "eu.example.com" })][0]?.email).toMatch(/@eu\.example\.com$/);
  });

  test("have no addresses at other domains", () => {
    expect(() => [...seedPeople({ count: 1, domain: "example.org" })]).toThrow('not "example.org"');
  });
});
