import { readFileSync } from "node:fs";
import { join } from "node:path";
import { createConnection } from "@bridgekit/core/run";
import { createSandbox } from "@bridgekit/sandbox";
import { Hono } from "hono";
import { expect, test } from "vitest";
import { quickRetry, shareBridge } from "../src/index.ts";
import { wiki } from "./readme/wiki.ts";

const TOKEN = "wiki-token";
const bridge = await shareBridge();

function createWiki() {
  const spaces = ["docs", "news", "shop"];
  const users = new Map(
    ["u1", "u2", "u3"].map((id) => [id, { email: `${id}@example.com`, spaces: new Set(["docs"]), isSuspended: false }]),
  );
  const after = <Row extends { id: string }>(rows: Row[], id = "") => rows.filter((row) => row.id > id).slice(0, 2);
  const app = new Hono();
  app.use(async (context, next) =>
    context.req.header("authorization") === `Bearer ${TOKEN}` ? next() : context.json({ error: "sign in" }, 401),
  );
  app.get("/me", (context) => context.json({ name: "bridge" }));
  app.get("/spaces", (context) => {
    const rows = spaces.map((id) => ({ id, name: `Space ${id}` }));
    return context.json(after(rows, context.req.query("after")));
  });
  app.get("/users", (context) => {
    const rows = [...users].map(([id, user]) => ({ id, email: user.email, spaces: [...user.spaces].map(toRef) }));
    return context.json(after(rows, context.req.query("after")));
  });
  app.get("/users/:id/spaces", (context) => context.json([...users.get(context.req.param("id"))!.spaces]));
  app.on(["PUT", "DELETE"], "/spaces/:space/members/:id", (context) => {
    const { space, id } = context.req.param();
    users.get(id)!.spaces[context.req.method === "PUT" ? "add" : "delete"](space);
    return context.json({});
  });
  app.put("/users/:id/suspended", (context) => {
    users.get(context.req.param("id"))!.isSuspended = true;
    return context.json({});
  });
  return { users, sandbox: createSandbox({ fetch: app.fetch }) };
}

const toRef = (id: string) => ({ id });

async function connect(token = TOKEN) {
  const { users, sandbox } = createWiki();
  const config = { url: "http://wiki.example.com", token };
  return { users, connection: await createConnection(wiki, config, { fetch: sandbox.fetch, retry: quickRetry }) };
}

test("the README shows the connector that is compiled and run here", () => {
  const readme = readFileSync(join(import.meta.dirname, "../../../README.md"), "utf8");
  const shown = /^```ts\n(export const wiki = [^]*?)^```$/m.exec(readme)?.[1];
  const source = readFileSync(join(import.meta.dirname, "readme/wiki.ts"), "utf8");
  expect(source.slice(source.indexOf("export const wiki")), "packages/testing/test/readme/wiki.ts").toBe(shown);
});

test("the connector of the README syncs spaces and users", async () => {
  const { connection } = await connect();
  expect(await connection.check()).toMatchObject([{ isOk: true }]);
  const app = await bridge.openApp(connection);
  expect(await app.sync()).toMatchObject({ status: "completed", missing: [] });
  expect((await app.records("space")).map(({ data }) => data.id).sort()).toEqual(["docs", "news", "shop"]);
  expect(await app.records("account")).toHaveLength(3);
});

test("the connector of the README says which check failed", async () => {
  const { connection } = await connect("another-token");
  expect(await connection.check()).toMatchObject([{ name: "API token", isOk: false }]);
});

test("the connector of the README changes spaces and suspends users", async () => {
  const { users, connection } = await connect();
  const changes = { space: { added: [{ id: "news" }], removed: [{ id: "docs" }] } };
  const updated = await bridge.runTask(connection, "update_account", { account: { id: "u1" }, changes });
  expect(updated).toMatchObject({ status: "completed" });
  expect([...users.get("u1")!.spaces]).toEqual(["news"]);

  await bridge.runTask(connection, "suspend_account", { account: { id: "u2" } });
  expect([...users].filter(([, user]) => user.isSuspended).map(([id]) => id)).toEqual(["u2"]);
});
