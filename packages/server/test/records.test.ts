import { beforeAll, expect, test } from "vitest";
import { accounts, type ApiResponse } from "./support/api.ts";
import { setUpBridge } from "./support/set-up-bridge.ts";

let app: string;
const { api } = await setUpBridge();
beforeAll(async () => {
  app = await api.createApp();
  await api.sync(app, [
    ["account", [...accounts(5), { id: "gone", email: "x" }]],
    ["account", [{ id: "s", username: "s", status: "suspended" }]],
  ]);
  await api.sync(app, [
    ["account", accounts(5)],
    ["account", [{ id: "s", username: "s", status: "suspended" }]],
  ]);
});

const ids = ({ body }: { body: { records: { data: { id: string } }[] } }) => body.records.map(({ data }) => data.id);

test("records are listed by id, in pages that follow the cursor", async () => {
  const seen: string[] = [];
  for (let address: string | null = `${api.base}/apps/${app}/records/account?limit=3`; address !== null;) {
    const page: ApiResponse = await api.call("GET", address);
    seen.push(...ids(page));
    address = page.body.next;
  }
  expect(seen).toEqual(["gone", "s", "u0", "u1", "u2", "u3", "u4"]);
});

test("records are filtered by status, removed ones are inactive", async () => {
  const list = (status: string) => api.call("GET", `/apps/${app}/records/account/?status=${status}&limit=2`);
  expect(ids(await list("inactive"))).toEqual(["gone"]);
  expect(ids(await list("suspended"))).toEqual(["s"]);
  const active = await list("active");
  expect(ids(active)).toEqual(["u0", "u1"]);
  expect(active.body.next).toContain("status=active");
  expect((await list("purple")).status).toBe(400);
});

test("a pushed field called status makes nobody inactive", async () => {
  const other = await api.createApp();
  await api.sync(other, [["team", [{ id: "g1", name: "G", status: "archived" }]]]);
  const { body } = await api.call("GET", `/apps/${other}/records/team/?status=active`);
  expect(body.records).toMatchObject([{ data: { id: "g1", status: "archived" }, status: "active" }]);
});

test("a record is read by any valid id", async () => {
  const odd = ["a/b", "a b", "ä?#&=", "100%", "...", "a%2Fb", "😀"];
  const other = await api.createApp();
  await api.sync(other, [["account", odd.map((id) => ({ id, email: "x" }))]]);
  for (const id of odd) {
    const { status, body } = await api.call("GET", `/apps/${other}/records/account/${encodeURIComponent(id)}/`);
    expect({ status, id: body.data.id }).toEqual({ status: 200, id });
  }
  // In pages of two and three, so that a cursor stands on every record.
  for (const limit of [2, 3]) {
    const page = await api.call("GET", `/apps/${other}/records/account/?limit=${limit}`);
    const next = await api.call("GET", page.body.next);
    expect(ids(next)).not.toContain(ids(page).at(-1));
  }
});

test("an unknown record gets 404, a cursor of another list 400", async () => {
  expect((await api.call("GET", `/apps/${app}/records/account/nobody/`)).status).toBe(404);
  expect((await api.call("GET", `/apps/${app}/records/account/a%00b/`)).status).toBe(404);
  expect((await api.call("GET", `/apps/${app}/records/planet/`)).status).toBe(404);
  expect((await api.call("GET", `/apps/${app}/records/planet/x/`)).status).toBe(404);
  expect((await api.call("GET", `/apps/${app}/records/account/?cursor=!!`)).status).toBe(400);
  expect((await api.call("GET", `/apps/${app}/records/account/?cursor=AGEA`)).status).toBe(400);
});
