import { when } from "@bridgekit/sandbox";
import { expect, test } from "vitest";
import { connectBambooHr } from "./support/connect-bamboohr.ts";

const wrong = (results: readonly { name: string; isOk: boolean; message?: string }[]) =>
  results.filter(({ isOk }) => !isOk).map(({ name, message }) => `${name}: ${message}`);

test("a check with every right passes, also with a report, names the way, and writes nothing", async () => {
  const { bamboo, connection } = await connectBambooHr();
  const results = await connection.check();
  expect(wrong(results)).toEqual([]);
  expect(results).toContainEqual({ name: "employees", isOk: true, message: "read from the list" });
  bamboo.fault(when({ method: "GET", path: "/api/v1/employees" }, { kind: "response", status: 401 }));
  const reported = await connection.check();
  expect(wrong(reported)).toEqual([]);
  expect(reported.find(({ name }) => name === "employees")?.message).toContain("read from a report");
  expect(bamboo.requestCount({ method: "POST" })).toBe(1);
  expect(bamboo.requestCount({ path: "/api/v1/reports/custom" })).toBe(1);
});

test("a check of an empty company passes", async () => {
  const { connection } = await connectBambooHr({ seed: { employees: 0 } });
  expect(wrong(await connection.check())).toEqual([]);
});

test("a check names hidden fields and refused calls", async () => {
  const { connection } = await connectBambooHr({
    access: { hiddenFields: ["workEmail", "division"], maySeeUsers: false },
  });
  expect(wrong(await connection.check())).toEqual([
    expect.stringMatching(/^employees: hidden: workEmail, division; needed for accounts/),
    expect.stringMatching(/^users: needed for noticing that employees are hidden .*permission to view users/),
  ]);
});
