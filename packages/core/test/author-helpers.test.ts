import { expect, test } from "vitest";
import { createRefsByAccount, lazy, refusalOf, toTexts, undefinedOn, UpstreamError } from "../src/index.ts";
import { createHttp } from "../src/http/create-http.ts";

const failure = (status: number) =>
  new UpstreamError("No.", { code: "PERMISSION_DENIED", isRetryable: false, effect: "none", status });

test("texts without a value are left out, and doubts name field and owner", () => {
  const doubts: string[] = [];
  const row = { mail: "ann@example.com", nick: " ", title: null, age: 7 };
  const fields = { email: "mail", username: "nick", display_name: "title", first_name: "age", last_name: "none" };
  expect(toTexts(row, fields, "user 1", (reason) => doubts.push(reason))).toEqual({ email: "ann@example.com" });
  expect(doubts).toEqual(["age of user 1 is a number where a text is expected"]);
});

test("refs are collected once each, sorted by id", () => {
  const refs = createRefsByAccount();
  for (const id of ["t2", "t1", "t2"]) refs.add("u1", id);
  expect(refs.of("u1")).toEqual([{ id: "t1" }, { id: "t2" }]);
  expect(refs.of("u2")).toEqual([]);
  expect([...refs.accounts]).toEqual(["u1"]);
});

test("a lazy value is read once, and again after a failure", async () => {
  let reads = 0;
  const read = lazy(async () => {
    if (++reads === 1) throw new Error("not yet");
    return reads;
  });
  expect(reads).toBe(0);
  await expect(Promise.all([read(), read()])).rejects.toThrow("not yet");
  expect(await Promise.all([read(), read()])).toEqual([2, 2]);
});

test("an expected failure is recognised by code or status", async () => {
  expect(await undefinedOn(Promise.reject(failure(404)), 403, 404)).toBeUndefined();
  expect(await undefinedOn(Promise.reject(failure(500)), "PERMISSION_DENIED")).toBeUndefined();
  await expect(undefinedOn(Promise.reject(failure(500)), 404)).rejects.toThrow("No.");
  expect(await refusalOf(Promise.resolve(1), 409)).toBeUndefined();
  expect(await refusalOf(Promise.reject(failure(409)), 409)).toMatchObject({ status: 409 });
  await expect(refusalOf(Promise.reject(failure(400)), 409)).rejects.toThrow("No.");
});

test.each([{}, { items: {} }, null, "page"])("a list that is not an array (%j) is a final error", async (body) => {
  let calls = 0;
  const fetch = async () => (calls++, Response.json(body));
  const http = createHttp({ system: "Wiki", baseUrl: "http://wiki.example.com" }, { fetch });
  const error = { isRetryable: false, message: "Wiki returned no list to GET /users" };
  await expect(http.list({ method: "GET", path: "/users?page=1" }, "items")).rejects.toMatchObject(error);
  expect(calls).toBe(1);
});
