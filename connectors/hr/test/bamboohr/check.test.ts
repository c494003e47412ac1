import { when } from "@bridgekit/sandbox";
import { expect, test } from "vitest";
import { connectBambooHr } from "./support/connect-bamboohr.ts";

const wrong = (results: readonly { name: string; isOk: boolean; message?: string }[]) =>
  results.filter(({ isOk }) => !isOk).map(({ name, message }) => `${name}: ${message}`);

test("a check with every right is fine, also by a report; it says which way it is, and writes nothing", async () => {
  const { bamboo, connection } = await connectBambooHr();
  const results = await connection.check();
  expect(wrong(results)).toEqual([]);
  expect(results).toContainEqual({ name: "employees", isOk: true, message: "read by the list" });
  bamboo.fault(when({ method: "GET", path: "/api/v1/employees" }, { kind: "answer", status: 401 }));
  const reported = await connection.check();
  expect(wrong(reported)).toEqual([]);
  expect(reported.find(({ name }) => name === "employees")?.message).toContain("read by a report");
  expect(bamboo.requestCount({ method: "POST" })).toBe(1);
  expect(bamboo.requestCount({ path: "/api/v1/reports/custom" })).toBe(1);
});

test("a check of a company without anybody is fine", async () => {
  const { connection } = await connectBambooHr({ seed: { employees: 0 } });
  expect(wrong(await connection.check())).toEqual([]);
});

test("a check names the fields that are hidden, and the calls that are refused", async () => {
  const { connection } = await connectBambooHr({
    access: { hiddenFields: ["workEmail", "division"], maySeeUsers: false },
  });
  expect(wrong(await connection.check())).toEqual([
    expect.stringMatching(/^employees: hidden: workEmail, division; needed for accounts/),
    expect.stringMatching(/^users: needed for noticing that employees are hidden .*permission to view users/),
  ]);
});
