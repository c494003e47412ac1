import { createClient } from "@bridgekit/client";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { toTable } from "../src/output/to-table.ts";
import { bridgeUp, runBridgeCommand } from "./support/bridgekit-command.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "bridgekit-cli-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** Runs `bridgekit` on the database of this test. */
const bridge = (...args: string[]) => runBridgeCommand([...args, "--data", join(folder, "data")]);

const parse = (text: string) =>
  text
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as Record<string, unknown>);

test("organisations are made and listed on a database that nothing serves", async () => {
  expect((await bridge("org", "create", "acme", "--name", "Acme Inc.")).stdout).toContain(
    "bridgekit key create --org acme",
  );
  const again = await bridge("org", "create", "acme");
  expect([again.code, again.stderr]).toEqual([1, 'There is an organisation "acme" already.\n']);
  expect((await bridge("org", "list")).stdout).toMatch(/^slug {2}name {7}created\nacme {2}Acme Inc\. {2}\d{4}-/);

  const nowhere = await bridge("key", "create", "--org", "nowhere");
  expect([nowhere.code, nowhere.stderr]).toEqual([1, 'There is no organisation "nowhere"; create it first.\n']);
});

test("keys are made, listed and revoked on a database that nothing serves", async () => {
  await bridge("org", "create", "acme");
  const laptop = await bridge("key", "create", "--org", "acme", "--name", "laptop");
  expect(laptop.stdout).toMatch(/^Key [0-9a-f]{16} of organisation acme, shown only now: bk_/);
  const [made] = parse((await bridge("key", "create", "--org", "acme", "--expires", "7", "--json")).stdout);
  expect(made).toMatchObject({ org: "acme", name: "key", role: "admin", app_ids: null, revoked_at: null });
  const id = String(made?.["id"]);
  expect((await bridge("key", "revoke", id)).stdout).toBe(`Key ${id} is revoked.\n`);

  const { stdout } = await bridge("key", "list", "--org", "acme");
  expect(stdout.split("\n")[0]).toBe("id                name    role   state    created     expires     apps");
  expect(stdout).toMatch(
    new RegExp(`\\n${id}  key     admin  revoked  \\d{4}-\\d\\d-\\d\\d  \\d{4}-\\d\\d-\\d\\d  all\\n`),
  );
  expect(stdout).toMatch(/\n[0-9a-f]{16} {2}laptop {2}admin {2}active {3}\d{4}-\d\d-\d\d {2}never {7}all\n/);
  expect(stdout).not.toContain("bk_");
  const listed = parse((await bridge("key", "list", "--org", "acme", "--json")).stdout);
  expect(listed.map(({ revoked_at }) => typeof revoked_at)).toEqual(["string", "object"]);
});

test("a key is limited to the apps that the command names", async () => {
  const up = await bridgeUp(join(folder, "data"));
  const admin = createClient({ baseUrl: up.url, apiKey: up.key! });
  const apps = [await admin.createApp({ name: "A" }), await admin.createApp({ name: "B" })];
  await admin.createApp({ name: "C" });
  await up.kill();

  const limits = apps.flatMap(({ id }) => ["--app", id]);
  const refused = await bridge("key", "create", ...limits);
  expect(refused.stderr).toContain("only a connector's key is limited to apps");
  const [made] = parse((await bridge("key", "create", "--role", "connector", ...limits, "--json")).stdout);
  const again = await bridgeUp(join(folder, "data"));
  const limited = createClient({ baseUrl: again.url, apiKey: String(made?.["key"]) });
  expect((await Array.fromAsync(limited.listApps())).map(({ name }) => name).toSorted()).toEqual(["A", "B"]);
  await again.kill();
});

test("a name cannot steer the terminal that lists it", () => {
  expect(toTable(["name", "x"], [["\u001B[2Ja\nb", "1"]])).toBe("name  x\na b   1");
});
