import { when } from "@bridgekit/sandbox";
import { expect, test } from "vitest";
import { createBambooSandbox, tooManyRequests, tooManyRequestsInBody } from "../../sandbox/index.ts";
import { API_KEY, call, openBamboo } from "./support/open-bamboo.ts";

test.each([undefined, "Basic", `Basic ${btoa("wrong:x")}`, `Bearer ${API_KEY}`, `Basic ${btoa(":x")}`])(
  "the key is not %s",
  async (authorization) => {
    const bamboo = openBamboo();
    const headers = { accept: "application/json", ...(authorization !== undefined && { authorization }) };
    const response = await bamboo.fetch("https://acme.bamboohr.com/api/v1/meta/lists", { headers });
    expect(response.status).toBe(401);
    expect(await response.text()).toBe("");
    expect(response.headers.get("x-bamboohr-error-message")).toBe("API key not provided or invalid");
  },
);

test("the key is accepted with any password, and is not in the request log", async () => {
  const bamboo = openBamboo();
  const headers = { authorization: `Basic ${btoa(`${API_KEY}:anything`)}` };
  expect(await call(bamboo, "/meta/lists", { headers })).toMatchObject({ status: 200 });
  expect(JSON.stringify(bamboo.requests)).not.toContain(btoa(API_KEY).slice(0, 12));
});

test("the older gateway responds as well, only for its own company", async () => {
  const bamboo = openBamboo();
  const gateway = "/api/gateway.php/acme/v1";
  const { body } = await call(bamboo, `${gateway}/employees`, { query: { "page[limit]": "2" } });
  expect(body.data).toHaveLength(2);
  expect(body["_links"].next.href).toContain(gateway);
  const row = { date: "2026-06-30", employmentStatus: "Terminated" };
  const path = "/api/gateway.php/acme/v1_1/employees/1/tables/employmentStatus";
  expect(await call(bamboo, path, { body: row })).toMatchObject({ status: 200 });
  expect(await call(bamboo, "/api/gateway.php/other/v1/employees")).toMatchObject({ status: 404, body: "" });
});

test("a caller who does not request JSON gets XML; a report follows its format", async () => {
  const bamboo = openBamboo();
  for (const path of [
    "/meta/fields",
    "/meta/lists",
    "/meta/users",
    "/employees/1",
    "/employees/directory",
    "/employees/all/tables/jobInfo",
    "/employees/changed?since=2026-01-01T00:00:00Z",
  ]) {
    const { status, headers, body } = await call(bamboo, path, { headers: { accept: "*/*" } });
    expect([path, status, headers.get("content-type")]).toEqual([path, 200, "application/xml"]);
    expect(body).toMatch(/^<\?xml/);
  }
  const lists = await call(bamboo, "/meta/lists", { query: { format: "json" }, headers: { accept: "*/*" } });
  expect(lists.body).toHaveLength(5);
  const body = { fields: ["status"] };
  const xml = await call(bamboo, "/reports/custom", { body, headers: { accept: "text/xml" } });
  expect([xml.status, xml.headers.get("content-type")]).toEqual([200, "text/xml"]);
  expect(await call(bamboo, "/reports/custom", { body, headers: { accept: "*/*" } })).toMatchObject({ status: 404 });
});

test.each([429, 503] as const)("too many calls get %i with Retry-After", async (status) => {
  const bamboo = openBamboo();
  bamboo.fault(when({ path: "/api/v1/employees", times: 1 }, tooManyRequests({ retryAfterSeconds: 7, status })));
  const refused = await call(bamboo, "/employees");
  expect([refused.status, refused.headers.get("retry-after"), refused.body]).toEqual([status, "7", ""]);
  expect(await call(bamboo, "/employees")).toMatchObject({ status: 200 });
});

test("some endpoints report too many calls with status 200", async () => {
  const bamboo = openBamboo();
  bamboo.fault(when({ path: "/api/v1/meta/users" }, tooManyRequestsInBody));
  const { status, body } = await call(bamboo, "/meta/users");
  expect([status, body.error.code]).toEqual([200, 429]);
});

test("an error quotes a name in any script", async () => {
  const bamboo = openBamboo();
  const body = { firstName: "Nova", lastName: "Quill", department: "人事" };
  const { status, message } = await call(bamboo, "/employees", { body });
  expect([status, message]).toEqual([409, 'Invalid value "??" for field "department"']);
});

test("calls that the API does not have are not found, and are violations", async () => {
  const bamboo = openBamboo({ isClientWrong: true });
  expect(await call(bamboo, "/employees/1", { method: "DELETE" })).toMatchObject({ status: 404, body: "" });
  expect(await call(bamboo, "/employees", { query: { fields: "shoeSize" } })).toMatchObject({ status: 200 });
  expect(bamboo.violations.map(({ side, call: name }) => `${side} ${name}`)).toEqual([
    "request DELETE /api/v1/employees/1",
    "request GET /api/v1/employees",
  ]);
  expect(() => bamboo.assertNoViolations()).toThrow("the operation is not described");
});

test("the sandbox also listens on a port", async () => {
  const running = await createBambooSandbox({ apiKey: API_KEY }).listen();
  try {
    const authorization = `Basic ${btoa(`${API_KEY}:x`)}`;
    const response = await fetch(`${running.url}/api/v1/employees`, { headers: { authorization } });
    expect(((await response.json()) as any).meta.total).toBe(25);
  } finally {
    await running.close();
  }
});
