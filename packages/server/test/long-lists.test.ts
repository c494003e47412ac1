import { afterAll, beforeAll, expect, test } from "vitest";
import { type Bridge, createBridge, type DatabaseOptions } from "../src/index.ts";
import { type Api, createApi } from "./support/api.ts";
import { withAsk } from "./support/ask.ts";
import { createDatabase, silent } from "./support/open-bridge.ts";

const TASKS = 10_120;

let bridge: Bridge;
let database: DatabaseOptions;
let drop: () => Promise<void>;
let api: Api;
let app: string;
beforeAll(async () => {
  const place = await createDatabase("postgres");
  ({ database, drop } = place);
  bridge = await createBridge({ database: place.database, logger: silent, rateLimit: null });
  api = await createApi(bridge);
  app = await api.createApp();
  await withAsk(place.database, (ask) =>
    ask(
      `insert into tasks (id, app_id, sequence, action, payload, account_id, execute_after, is_scheduled, created_at)
      select gen_random_uuid(), $1::uuid, n, 'suspend_account', '{"account": {"id": "u"}}', 'u' || n, date_trunc('milliseconds', now()), false, now()
      from generate_series(1, ${TASKS}) n`,
      [app],
    ),
  );
});
afterAll(async () => {
  await bridge.close();
  await drop();
});

const tasks = (query: string) => api.call("GET", `/apps/${app}/tasks/?status=pending&limit=500${query}`);
const ids = (response: { body: { tasks: { id: string }[] } }) => response.body.tasks.map(({ id }) => id);

test("a list is counted up to a limit, and shows if there are more", async () => {
  expect((await tasks("")).body).toMatchObject({ count: 10_000, count_is_exact: false });
  expect((await api.call("GET", `/apps/${app}/tasks/?status=scheduled`)).body).toMatchObject({
    count: 0,
    count_is_exact: true,
  });
});

test("an offset far into a list is refused with the way out", async () => {
  expect((await tasks("&offset=10000")).body.tasks).toHaveLength(TASKS - 10_000);
  expect(await tasks("&offset=10001")).toMatchObject({
    status: 400,
    body: { detail: expect.stringContaining("`next`") },
  });
  for (const list of ["/apps/", "/keys/"]) expect((await api.call("GET", `${list}?offset=900000`)).status).toBe(400);
});

test("a client of the guide that pages by offset and count gets no error, and every counted task once", async () => {
  const seen: string[] = [];
  for (let offset = 0, count = 1; offset < count; offset += 500) {
    const response = await tasks(`&offset=${offset}`);
    expect(response.status).toBe(200);
    ({ count } = response.body);
    seen.push(...ids(response));
  }
  expect(seen.length).toBeGreaterThanOrEqual(10_000);
  expect(new Set(seen).size).toBe(seen.length);
});

test("following `next` reads all of a list, however long", async () => {
  const seen: string[] = [];
  for (let next: string | null = `/apps/${app}/tasks/?limit=500`; next !== null;) {
    const response: Awaited<ReturnType<typeof tasks>> = await api.call("GET", next);
    seen.push(...ids(response));
    ({ next } = response.body);
  }
  expect(seen).toHaveLength(TASKS);
  expect(new Set(seen).size).toBe(TASKS);
});

test.each([
  ["/apps/", "apps"],
  ["/keys/", "keys"],
])("%s is read to its end by cursors, in a stable order", async (path, name) => {
  for (let number = 0; number < 4; number++) {
    await api.createApp();
    await bridge.createKey({ org: api.slug, name: `key ${number}`, role: "auditor" });
  }
  const all = (await api.call("GET", `${path}?limit=500`)).body;
  const seen: unknown[] = [];
  let pages = 0;
  for (let next: string | null = `${path}?limit=2`; next !== null; pages++) {
    const { body }: { body: any } = await api.call("GET", next);
    seen.push(...body[name]);
    expect(body).toMatchObject({ count: all.count, count_is_exact: true });
    ({ next } = body);
  }
  expect(seen).toEqual(all[name]);
  expect(pages).toBe(Math.ceil(all.count / 2));
});

test("a filter that few records match costs a page no more than others, and loses none", async () => {
  const many = await api.createApp();
  await withAsk(database, (ask) =>
    ask(
      `insert into records (app_id, slug, id, data, digest, created_version, changed_version)
      select $1::uuid, 'account', lpad(n::text, 6, '0'),
        jsonb_build_object('id', lpad(n::text, 6, '0'), 'status', case when n in (3, 25000) then 'suspended' else 'active' end),
        md5(n::text)::uuid, 1, 1
      from generate_series(1, 25050) n`,
      [many],
    ),
  );
  const pages: string[][] = [];
  for (let next: string | null = `/apps/${many}/records/account/?status=suspended&limit=10`; next !== null;) {
    const response: { body: { records: { data: { id: string } }[]; next: string | null } } = await api.call(
      "GET",
      next,
    );
    pages.push(response.body.records.map(({ data }) => data.id));
    ({ next } = response.body);
  }
  expect(pages).toEqual([["000003"], [], [], [], ["025000"], []]);
});
