import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { fixture } from "./support/bridgekit-command.ts";
import { runInProcess } from "./support/run-in-process.ts";

const hrSource = new URL("../../../connectors/hr/src/index.ts", import.meta.url).href;

/** Writes a config file to a new folder; `hr`, `config` and `bridge` can be used in it. */
async function writeConfig(code: string, type = "module"): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "bridgekit-cli-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  await writeFile(join(folder, "package.json"), JSON.stringify({ type }));
  const lines = [
    ...(type === "module" ? [`import { hr } from ${JSON.stringify(hrSource)};`] : []),
    'const config = { url: "http://127.0.0.1:1", apiKey: "x" };',
    'const bridge = { url: "http://127.0.0.1:1/org/main", apiKey: "x" };',
    code,
  ];
  await writeFile(join(folder, "bridge.config.ts"), lines.join("\n"));
  return join(folder, "bridge.config.ts");
}

test("help lists the commands", async () => {
  const { code, stdout } = await runInProcess(["--help"]);
  expect(code).toBe(0);
  for (const command of [
    "up",
    "check",
    "sync",
    "tasks",
    "run",
    "status",
    "apps",
    "sessions",
    "records",
    "people",
    "orgs",
    "keys",
  ])
    expect(stdout).toMatch(new RegExp(`^  ${command} `, "m"));
});

test.each([
  { args: ["synk"], says: "Did you mean sync?" },
  { args: ["sync", "--frequently"], says: "unknown option '--frequently'" },
  { args: ["up", "--port", "70000"], says: "A port is a whole number from 0 to 65535." },
  { args: ["up", "--retention", "0"], says: "a whole number of days, or forever" },
  { args: ["key", "create", "--expires", "8"], says: "A key expires after 7, 30 or 90 days." },
  { args: ["key", "create", "--role", "owner"], says: "Allowed choices are connector, auditor, operator, admin." },
  { args: ["key", "rotate", "x", "--overlap", "721"], says: "Give a whole number of hours from 0 to 720." },
  { args: ["key", "revoke"], says: "missing required argument 'id'" },
  { args: ["org"], says: "create an organisation" },
  { args: ["sync", "--config", "missing.config.ts"], says: "missing.config.ts does not exist." },
  { args: ["sync", "--config", fixture("no-export")], says: "has no default export" },
  {
    args: ["sync", "emae", "--config", fixture("wrong-connector-config")],
    says: "No app has the key emae; the config has emea.",
  },
])("bridge $args is refused with exit code 2", async ({ args, says }) => {
  const { code, stderr } = await runInProcess(args);
  expect(stderr).toContain(says);
  expect(code).toBe(2);
});

test("a typo in a config is reported with file, key and allowed keys", async () => {
  const { code, stderr } = await runInProcess(["sync", "--config", fixture("typo")]);
  expect(code).toBe(2);
  expect(stderr).toContain(
    'typo.config.ts: Unknown key "bridge.apikey"; did you mean "bridge.apiKey"? Allowed here: url, apiKey.',
  );
  expect(stderr).toContain('typo.config.ts: Unknown key "apps.emea.conector"; did you mean "apps.emea.connector"?');
  expect(stderr).not.toContain("    at ");
});

test.each([
  {
    name: "the same name",
    apps: '{ a: { connector: hr({ system: "odoo" }), name: "HR", config }, b: { connector: hr({ system: "odoo" }), name: "HR", config } }',
    says: 'apps.b and apps.a both have the name "HR"',
  },
  {
    name: "a key with a space",
    apps: '{ "my hr": { connector: hr({ system: "odoo" }), config } }',
    says: "apps.my hr: the key of an app may contain letters, digits, - and _",
  },
])("apps with $name are refused", async ({ apps, says }) => {
  const file = await writeConfig(`export default { bridge, apps: ${apps} };`);
  const { code, stderr } = await runInProcess(["sync", "--config", file]);
  expect(stderr).toContain(says);
  expect(code).toBe(2);
});

test("a config file in a CommonJS folder is loaded as an ES module", async () => {
  const file = await writeConfig("export default { bridge, apps: {} };", "commonjs");
  const { stderr } = await runInProcess(["sync", "--config", file]);
  expect(stderr).toContain("apps: must have at least one app");
});

test("a Bridge address without an organisation is refused, and its value is not shown", async () => {
  const env = {
    BRIDGE_URL: "bk_canary",
    BRIDGE_API_KEY: "http://127.0.0.1:1",
    HR_URL: "http://127.0.0.1:1",
    HR_KEY: "x",
  };
  const { code, stderr } = await runInProcess(["sync", "--config", fixture("hr")], {
    env: { ...env, STATE_DIR: tmpdir() },
  });
  expect(stderr).toContain("bridge.url must be the base URL of an organisation");
  expect(stderr).not.toContain("canary");
  expect(code).toBe(2);
});

test("a typo in a connector's config is refused, and the secret is not shown", async () => {
  const { code, stderr } = await runInProcess(["check", "--config", fixture("wrong-connector-config")]);
  expect(code).toBe(2);
  expect(stderr).toContain("wrong-connector-config.config.ts: apps.emea: config.url is missing");
  expect(stderr).toContain('Unrecognized key: "uri"');
  expect(stderr).toContain('connector "hr" takes url, apiKey, database, sendInvitations, whenDeleteIsRefused.');
  expect(stderr).not.toContain("canary-3d1");
});

test("an unreachable Bridge is named, with exit code 1", async () => {
  const app = '{ connector: hr({ system: "odoo" }), config }';
  const file = await writeConfig(`export default { bridge, apps: { emea: ${app} } };`);
  const { code, stderr } = await runInProcess(["sync", "--config", file]);
  expect(stderr).toContain("The Bridge at http://127.0.0.1:1/org/main could not be reached:");
  expect(stderr).not.toContain("    at ");
  expect(code).toBe(1);
});
