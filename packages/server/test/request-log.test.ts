import { randomUUID } from "node:crypto";
import { Writable } from "node:stream";
import { Client } from "pg";
import { pino } from "pino";
import { expect, test } from "vitest";
import { accounts, createApi } from "./support/api.ts";
import { openBridge } from "./support/open-bridge.ts";

/** A logger at its most verbose level, and its output. */
function captureLog() {
  let text = "";
  const stream = new Writable({
    write(chunk, _encoding, done) {
      text += String(chunk);
      done();
    },
  });
  return {
    logger: pino({ level: "trace" }, stream),
    text: () => text,
    lines: () =>
      text
        .split("\n")
        .filter((line) => line !== "")
        .map((line) => JSON.parse(line) as Record<string, unknown>),
  };
}

test("each request is one line: who called what, and the result", async () => {
  const log = captureLog();
  await using bridge = await openBridge("pglite", { logger: log.logger });
  const api = await createApi(bridge);
  const app = await api.createApp();
  await api.send("GET", `/apps/${app}/?token=x`, { headers: { "x-request-id": "trace-1" } });
  await bridge.fetch(new Request("http://bridge.test/healthz"));
  const [org] = await bridge.listOrgs();
  const requests = log.lines().filter(({ msg }) => msg === "request");
  expect(requests.find(({ requestId }) => requestId === "trace-1")).toEqual({
    level: 30,
    time: expect.any(Number),
    pid: expect.any(Number),
    hostname: expect.any(String),
    requestId: "trace-1",
    operationId: "getApp",
    method: "GET",
    path: `/org/*/api/v1/bridge/apps/${app}/`,
    status: 200,
    milliseconds: expect.any(Number),
    keyId: api.keyId,
    orgId: org?.id,
    msg: "request",
  });
  expect(requests.at(-1)).toMatchObject({ path: "/healthz", status: 200, requestId: expect.any(String) });
  expect(requests.at(-1)).not.toHaveProperty("keyId");
});

test("nothing that a caller writes reaches the log, wherever it is written, even if the Bridge fails", async () => {
  const log = captureLog();
  await using bridge = await openBridge("postgres", { logger: log.logger });
  const api = await createApi(bridge);
  const app = await api.createApp();
  const CANARY = "canary-7f3a";
  const headers = {
    "content-type": "application/json",
    "x-custom": CANARY,
    cookie: `session=${CANARY}`,
    "user-agent": CANARY,
    referer: `http://bridge.test/${CANARY}`,
    "x-forwarded-for": CANARY,
    "x-request-id": api.key,
  };
  const call = (method: string, path: string, body?: object) =>
    api.send(method, path, { headers, ...(body && { body: JSON.stringify(body) }) });
  const record = { id: CANARY, email: `${CANARY}@example.com`, note: CANARY, memberships: { [CANARY]: [{ id: "g" }] } };

  const statuses: number[] = [];
  const visit = async () => {
    const syncId = await api.start(app);
    for (const response of [
      await call("POST", "/apps/", { name: CANARY }),
      await call("POST", "/apps/", { name: { [CANARY]: 1 } }),
      await call("PUT", `/apps/${app}/sync/${syncId}/account/?token=${CANARY}`, { records: [record] }),
      await call("PUT", `/apps/${app}/sync/${syncId}/account/`, { records: [{ ...record, memberships: {} }] }),
      await call("PUT", `/apps/${app}/sync/${syncId}/${CANARY}/`, { records: [record] }),
      await call("GET", `/apps/${app}/records/account/${CANARY}/?limit=${CANARY}`),
      await call("GET", `/apps/${app}/tasks/?status=${CANARY}`),
      await call("GET", `/apps/${CANARY}/`),
      await call("DELETE", `/${CANARY}/${CANARY}`),
      await call("POST", `/apps/${app}/tasks/`, { action: "suspend_account", payload: { account: { id: CANARY } } }),
      await api.send("GET", "/apps/", { headers: { authorization: `Bearer ${CANARY}` } }),
      await api.send("GET", `http://bridge.test/${CANARY}?${CANARY}`),
      await api.send("GET", `http://bridge.test/org/${CANARY}/api/v1/bridge/apps/`),
      await api.send("GET", `http://bridge.test/org/main/${api.key}/`),
    ])
      statuses.push(response.status);
    await api.complete(app, syncId);
    await bridge.whenReconciled();
  };
  await visit();
  const url = "url" in bridge.database ? bridge.database.url : "";
  const client = new Client({ connectionString: url });
  await client.connect();
  await client.query("alter table sync_pages rename column records to gone; drop table tasks");
  await client.end();
  statuses.push((await call("GET", `/apps/${app}/tasks/?unknown=${CANARY}`)).status);
  const broken = await api.start(app);
  statuses.push((await call("PUT", `/apps/${app}/sync/${broken}/account/`, { records: accounts(1) })).status);

  expect(new Set(statuses)).toEqual(new Set([200, 201, 400, 401, 404, 422, 500]));
  expect(log.lines().filter(({ msg }) => msg === "request failed")).toHaveLength(2);
  expect(log.text()).not.toContain(CANARY);
  expect(log.text()).not.toContain(api.key);
  expect(log.text()).not.toContain(api.key.split("_")[2]);
});

test("a short, well-formed request id is adopted, and every response has one", async () => {
  await using bridge = await openBridge();
  const idFor = async (given?: string) => {
    const headers = given === undefined ? {} : { "x-request-id": given };
    return (await bridge.fetch(new Request("http://bridge.test/healthz", { headers }))).headers.get("x-request-id");
  };
  const trace = randomUUID();
  expect(await idFor(trace)).toBe(trace);
  expect(await idFor("Root=1-67891233-abcdef012345678912345678")).toBe("Root=1-67891233-abcdef012345678912345678");
  for (const given of [undefined, "", "x".repeat(49), "a b", "a;b", "<script>", "é", '{"a":1}'])
    expect(await idFor(given), given).toMatch(/^[0-9a-f-]{36}$/);
});

test("a reconciliation is logged with its outcome and session", async () => {
  const log = captureLog();
  await using bridge = await openBridge("pglite", { logger: log.logger });
  const api = await createApi(bridge);
  const app = await api.createApp();
  const completed = await api.sync(app, [["account", accounts(20)]]);
  const held = await api.sync(app, [["account", []]]);
  const reconciliations = log.lines().filter(({ outcome }) => outcome !== undefined);
  expect(reconciliations).toMatchObject([
    { level: 30, appId: app, syncId: completed.sync_id, outcome: "completed" },
    { level: 40, appId: app, syncId: held.sync_id, outcome: "held" },
  ]);
});
