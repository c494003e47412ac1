import { describe, expect, test } from "vitest";
import { createOdooSandbox } from "../../sandbox/index.ts";
import { recordedOdoo, recording } from "./recorded-odoo.ts";
import { shapeDifferences } from "./shape.ts";

const KEYS: Record<string, string> = { "bad-key": "no-such-key", "create-user-forbidden": "low-key" };

describe("the sandbox responds like the recorded Odoo 19", () => {
  const sandbox = createOdooSandbox({ state: recordedOdoo(), apiKey: "admin-key", readOnlyApiKey: "low-key" });

  // In the recorded order: later requests depend on what earlier ones did.
  test.each(recording)("$label", async ({ label, request, response: recorded }) => {
    const response = await sandbox.fetch(`http://odoo.example.com${request.path}`, {
      method: request.method,
      headers: { authorization: `bearer ${KEYS[label] ?? "admin-key"}`, "content-type": "application/json" },
      body: JSON.stringify(request.body),
    });
    const body = await response.json();

    expect(response.status).toBe(recorded.status);
    expect(response.headers.get("content-type")).toBe(recorded.contentType);
    expect(shapeDifferences(recorded.body, body)).toEqual([]);
    // The seed is the recording, so the values agree too; only the traceback was cut out of the recording.
    expect(withoutDebug(body)).toEqual(withoutDebug(recorded.body));
  });
});

test("the recording is complete", () => {
  expect(recording).toHaveLength(24);
  expect(JSON.stringify(recording)).not.toContain("acme");
});

describe("the shape comparison", () => {
  const recorded = [{ id: 1, name: "Ann", email: false, department_id: [7, "Sales"], role: { key: "x" } }];
  const [row] = recorded;

  test("accepts other values of the same shape", () => {
    expect(shapeDifferences(recorded, [{ ...row, id: 2, name: "Ben" }])).toEqual([]);
  });

  test("rejects a missing key", () => {
    const { email: _email, ...rest } = row!;
    expect(shapeDifferences(recorded, [rest])).toEqual(['$[0]: no "email"']);
    expect(shapeDifferences(recorded, [{ ...row, role: {} }])).toEqual(['$[0].role: no "key"']);
  });

  test("rejects an additional key", () => {
    expect(shapeDifferences(recorded, [{ ...row, share: false }])).toEqual(['$[0]: "share" was not recorded']);
  });

  test("rejects a changed type", () => {
    expect(shapeDifferences(recorded, [{ ...row, email: null }])).toEqual(["$[0].email: null instead of boolean"]);
    expect(shapeDifferences(recorded, [{ ...row, id: "1" }])).toEqual(["$[0].id: string instead of number"]);
    expect(shapeDifferences(recorded, [{ ...row, department_id: ["7", "Sales"] }])).toEqual([
      "$[0].department_id[0]: string instead of number",
    ]);
  });

  test("rejects a missing or extra row, and another scalar", () => {
    expect(shapeDifferences(recorded, [])).toEqual(["$: 0 items instead of 1"]);
    expect(shapeDifferences(true, false)).toEqual(["$: false instead of true"]);
    expect(shapeDifferences(4, 5)).toEqual(["$: 5 instead of 4"]);
  });
});

function withoutDebug(body: unknown): unknown {
  if (body === null || typeof body !== "object" || !("debug" in body)) return body;
  const { debug: _debug, ...rest } = body;
  return rest;
}
