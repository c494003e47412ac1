import { expect, test } from "vitest";
import { when } from "../src/index.ts";
import { createShelf } from "./support/shelf.ts";

const post = (body: unknown) => ({
  method: "POST",
  headers: { "content-type": "application/json" },
  body: JSON.stringify(body),
});

test("requests and responses that match the description are no violations", async () => {
  const { sandbox, books, get } = createShelf();
  books[0]!.series = null;
  books[1]!.series = { id: "7", title: "Seven" };
  await get("/api/books");
  await get("/api/books?start=2&isbn=a&isbn=b");
  await get("/api/books/1");
  await sandbox.fetch("http://shelf.example.com/api/books", post({ title: "New" }));
  await sandbox.fetch("http://shelf.example.com/elsewhere");
  expect(sandbox.violations).toEqual([]);
  sandbox.assertNoViolations();
});

test.each([
  { path: "/api/books?start=two", says: 'the query parameter "start": the whole must be integer, got "two"' },
  { path: "/api/books?start=-1", says: 'the query parameter "start": the whole must be >= 0, got -1' },
  { path: "/api/books?begin=2", says: 'the query parameter "begin" is not described' },
  { path: "/api/books/abc", says: 'the path parameter "id": the whole must be integer, got "abc"' },
  { path: "/api/covers", says: "the operation is not described" },
  { path: "/api/books", init: { method: "DELETE" }, says: "the operation is not described" },
  { path: "/api/books", init: post({ name: "New" }), says: "the whole must have required property 'title'" },
  { path: "/api/books", init: post({ title: 7 }), says: "/title must be string, got 7" },
])("a wrong request for $path is a violation: $says", async ({ path, init, says }) => {
  const { sandbox } = createShelf();
  await sandbox.fetch(`http://shelf.example.com${path}`, init);
  expect(sandbox.violations[0]).toEqual({
    side: "request",
    call: `${init?.method ?? "GET"} ${path.split("?")[0]}`,
    message: says,
  });
  expect(() => sandbox.assertNoViolations()).toThrow(says);
});

test("a request without a required body is a violation", async () => {
  const { sandbox } = createShelf();
  await sandbox.fetch("http://shelf.example.com/api/books", { method: "POST" });
  expect(sandbox.violations[0]?.message).toBe("has no body");
});

test("a response that the description does not allow is a violation of the sandbox", async () => {
  const { sandbox, books, get } = createShelf();
  books.push({ id: "6", title: "Six", shelf: 3 } as never);
  await get("/api/books/6");
  await get("/api/books/99");
  expect(sandbox.violations).toEqual([
    {
      side: "response",
      call: "GET /api/books/6",
      message: '200: the whole must NOT have additional properties: "shelf"',
    },
    { side: "response", call: "GET /api/books/99", message: "the status 404 is not described" },
  ]);
});

test("the response of a fault is no violation", async () => {
  const { sandbox, get } = createShelf();
  sandbox.fault(when({}, { kind: "response", status: 418, body: { id: 7 } }));
  await get("/api/books/1");
  expect(sandbox.violations).toEqual([]);
});
