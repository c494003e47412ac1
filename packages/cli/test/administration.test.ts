import { makeFolder } from "@bridgekit/test-postgres";
import { createClient } from "@bridgekit/client";
import { createBridge } from "@bridgekit/server";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { toTable } from "../src/output/to-table.ts";
import { runInProcess } from "./support/run-in-process.ts";

let folder: string;
beforeAll(async () => {
  folder = await makeFolder("bridgekit-cli-");
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const data = () => join(folder, "data");
/** Runs `bridgekit` directly on the database of these tests, which no Bridge serves. */
const bridgekit = (...args: string[]) => runInProcess([...args, "--data", data()]);

const parse = (text: string) =>
  text
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as Record<string, unknown>);

test("a wrong folder does not become an empty Bridge", async () => {
  const { code, stderr } = await bridgekit("keys", "list");
  expect(stderr).toContain(`There is no database in ${data()}. Set BRIDGE_URL and BRIDGE_API_KEY of a running Bridge`);
  expect(code).toBe(2);
});

test("organisations are created and listed on a database that no Bridge serves", async () => {
  expect((await bridgekit("orgs", "create", "acme", "--name", "Acme Inc.")).stdout).toContain(
    "bridgekit keys create --org acme",
  );
  const again = await bridgekit("org", "create", "acme");
  expect([again.code, again.stderr]).toEqual([1, 'There is an organisation "acme" already.\n']);
  expect((await bridgekit("orgs", "list")).stdout).toMatch(
    /^slug {2}name {7}created \(UTC\)\nacme {2}Acme Inc\. {2}\d{4}-/,
  );

  const nowhere = await bridgekit("keys", "create", "--org", "nowhere");
  expect([nowhere.code, nowhere.stderr]).toEqual([1, 'There is no organisation "nowhere"; create it first.\n']);
});

test("keys are created, listed and revoked there too, even if BRIDGE_URL is set", async () => {
  const env = { BRIDGE_URL: "http://127.0.0.1:1/org/acme", BRIDGE_API_KEY: "x" };
  const laptop = await runInProcess(["key", "create", "--org", "acme", "--name", "laptop", "--data", data()], { env });
  expect(laptop.stdout).toMatch(/^Key [0-9a-f]{16} of organisation acme \(shown only once\): bk_/);
  const [made] = parse((await bridgekit("keys", "create", "--org", "acme", "--expires", "7", "--json")).stdout);
  expect(made).toMatchObject({ org: "acme", name: "key", role: "admin", app_ids: null, revoked_at: null });
  const id = String(made?.["id"]);
  expect((await bridgekit("keys", "revoke", id)).stdout).toBe(`Key ${id} is revoked.\n`);

  const { stdout } = await bridgekit("keys", "list", "--org", "acme");
  expect(stdout.split("\n")[0]).toBe(
    "id                name    role   state    created     expires     last used (UTC)  apps",
  );
  expect(stdout).toMatch(
    new RegExp(`\\n${id}  key     admin  revoked  \\d{4}-\\d\\d-\\d\\d  \\d{4}-\\d\\d-\\d\\d  never            all\\n`),
  );
  expect(stdout).toMatch(/\n[0-9a-f]{16} {2}laptop {2}admin {2}active {3}\d{4}-\d\d-\d\d {2}never {7}never {12}all\n/);
  expect(stdout).not.toContain("bk_");
});

test("a rotated key has a new secret, and the old one stays valid until the overlap ends", async () => {
  const [made] = parse((await bridgekit("keys", "create", "--org", "acme", "--name", "rotated", "--json")).stdout);
  const id = String(made?.["id"]);
  const rotated = await bridgekit("keys", "rotate", id, "--overlap", "48");
  expect(rotated.stdout).toMatch(new RegExp(`^New secret of key ${id} \\(shown only once\\): bk_${id}_`));
  expect(rotated.stdout).toContain(`end it with \`bridgekit keys end-overlap ${id}\``);
  const list = async () => (await bridgekit("keys", "list", "--org", "acme")).stdout;
  expect(await list()).toMatch(new RegExp(`\\n${id}  rotated  admin  rotating `));
  expect((await bridgekit("keys", "rotate", id)).stderr).toContain("its old secret is valid until");
  expect((await bridgekit("keys", "end-overlap", id)).stdout).toBe(`The old secret of key ${id} is no longer valid.\n`);
  expect(await list()).toMatch(new RegExp(`\\n${id}  rotated  admin  active `));
  expect((await bridgekit("keys", "rotate", id, "--overlap", "0")).stdout).toContain(
    "The old secret is no longer valid",
  );
});

test("a key is limited to the apps given to the command", async () => {
  const serve = async (apiKey: string) => {
    const bridge = await createBridge({ database: { kind: "pglite", dataDir: data() } });
    const fetch: typeof globalThis.fetch = async (input, init) => bridge.fetch(new Request(input, init));
    return { bridge, client: createClient({ baseUrl: "http://bridge.example.com/org/acme", apiKey, fetch }) };
  };
  const [admin] = parse((await bridgekit("keys", "create", "--org", "acme", "--json")).stdout);
  const first = await serve(String(admin?.["key"]));
  const apps = [await first.client.createApp({ name: "A" }), await first.client.createApp({ name: "B" })];
  await first.client.createApp({ name: "C" });
  await first.bridge.close();

  const limits = ["--org", "acme", ...apps.flatMap(({ id }) => ["--app", id])];
  expect(await bridgekit("keys", "create", ...limits)).toMatchObject({
    code: 2,
    stderr: expect.stringContaining("Only a key with --role connector can be limited to apps"),
  });
  const [made] = parse((await bridgekit("keys", "create", "--role", "connector", ...limits, "--json")).stdout);
  const again = await serve(String(made?.["key"]));
  expect((await Array.fromAsync(again.client.listApps())).map(({ name }) => name).toSorted()).toEqual(["A", "B"]);
  await again.bridge.close();
});

test("a connector's key reaches every app only with --all-apps", async () => {
  const create = (...args: string[]) => bridgekit("keys", "create", "--org", "acme", "--role", "connector", ...args);
  for (const args of [[], ["--own-apps", "--all-apps"], ["--app", "x", "--all-apps"]])
    expect(await create(...args)).toMatchObject({
      code: 2,
      stderr: expect.stringContaining("Choose the apps of the connector's key: --app ID"),
    });
  expect(parse((await create("--own-apps", "--json")).stdout)).toMatchObject([{ app_ids: [] }]);
  expect(parse((await create("--all-apps", "--json")).stdout)).toMatchObject([{ app_ids: null }]);
  expect((await bridgekit("keys", "list", "--org", "acme")).stdout).toMatch(/connector {2}active .* own\n/);
});

test("what is done with keys has its reason in the audit trail, over HTTP and on the database", async () => {
  const [made] = parse((await bridgekit("keys", "create", "--org", "acme", "--reason", "OPS-1", "--json")).stdout);
  await using bridge = await createBridge({ database: { kind: "pglite", dataDir: data() } });
  const baseUrl = "http://bridge.example.com/org/acme";
  const fetch: typeof globalThis.fetch = async (input, init) => bridge.fetch(new Request(input, init));
  const env = { BRIDGE_URL: baseUrl, BRIDGE_API_KEY: String(made?.["key"]) };
  const run = async (...args: string[]) => (await runInProcess(args, { env, fetch })).code;
  const [other] = parse((await runInProcess(["keys", "create", "--json", "--reason", "OPS-2"], { env, fetch })).stdout);
  const id = String(other?.["id"]);
  expect(await run("keys", "rotate", id, "--reason", "OPS-3")).toBe(0);
  expect(await run("keys", "end-overlap", id, "--reason", "OPS-4")).toBe(0);
  expect(await run("keys", "revoke", id, "--reason", "OPS-5")).toBe(0);
  expect(await run("keys", "revoke", id, "--reason", "")).toBe(2);
  const client = createClient({ baseUrl, apiKey: env.BRIDGE_API_KEY, fetch });
  const reasons = (await Array.fromAsync(client.listAudit())).map(({ details }) => details?.reason);
  expect(reasons.filter(Boolean)).toEqual(["OPS-5", "OPS-4", "OPS-3", "OPS-2", "OPS-1"]);
});

test("over HTTP the organisation of the key is listed, and none is created", async () => {
  await using bridge = await createBridge({ database: { kind: "pglite", dataDir: data() } });
  const { key } = await bridge.createKey({ org: "acme", name: "laptop", role: "admin" });
  const run = (...args: string[]) =>
    runInProcess(args, {
      env: { BRIDGE_URL: "http://bridge.example.com/org/acme", BRIDGE_API_KEY: key },
      fetch: async (input, init) => bridge.fetch(new Request(input, init)),
    });
  expect(parse((await run("orgs", "list", "--json")).stdout)).toEqual([
    { id: expect.any(String), slug: "acme", name: "Acme Inc.", created_at: expect.stringMatching(/Z$/), role: "admin" },
  ]);
  expect(await run("orgs", "create", "other")).toMatchObject({
    code: 2,
    stderr: expect.stringContaining("bridgekit orgs create other --database"),
  });
});

test("an organisation is deleted on the database if its slug is given twice", async () => {
  await bridgekit("orgs", "create", "brief");
  const asked = await bridgekit("orgs", "delete", "brief");
  expect([asked.code, asked.stderr]).toEqual([
    2,
    expect.stringContaining("bridgekit orgs delete brief --confirm brief"),
  ]);
  expect((await bridgekit("orgs", "delete", "brief", "--confirm", "acme")).code).toBe(2);
  const env = { BRIDGE_URL: "http://127.0.0.1:1/org/brief", BRIDGE_API_KEY: "x" };
  const overHttp = await runInProcess(["orgs", "delete", "brief", "--confirm", "brief"], { env });
  expect(overHttp).toMatchObject({ code: 2, stderr: expect.stringContaining("orgs delete brief --database") });

  const deleted = await bridgekit("orgs", "delete", "brief", "--confirm", "brief");
  expect([deleted.code, deleted.stdout]).toEqual([0, "All rows of organisation brief are deleted.\n"]);
  expect((await bridgekit("orgs", "list")).stdout).not.toContain("brief");
  expect((await bridgekit("orgs", "delete", "brief", "--confirm", "brief")).stderr).toBe(
    'There is no organisation "brief".\n',
  );
});

test("a name cannot control the terminal that lists it", () => {
  expect(toTable(["name", "x"], [["\u001B[2Ja\nb", "1"]])).toBe("name  x\na b   1");
});
