import { mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { fixture } from "./support/bridgekit-command.ts";
import { runInProcess } from "./support/run-in-process.ts";

const hrSource = new URL("../../../connectors/hr/src/index.ts", import.meta.url).href;

/** A config file in a folder of its own, with `hr`, `config` and `bridge` to write with. */
async function writeConfig(code: string, type = "module"): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "bridgekit-cli-"));
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
  { args: ["up", "--port", "70000"], says: "A port is a number from 0 to 65535." },
  { args: ["up", "--retention", "0"], says: "a whole number of days, or forever" },
  { args: ["key", "create", "--expires", "8"], says: "A key expires after 7, 30 or 90 days." },
  { args: ["key", "create", "--role", "owner"], says: "Allowed choices are connector, auditor, operator, admin." },
  { args: ["key", "rotate", "x", "--overlap", "721"], says: "Give a whole number of hours from 0 to 720." },
  { args: ["key", "revoke"], says: "missing required argument 'id'" },
  { args: ["org"], says: "create an organisation" },
  { args: ["sync", "--config", "missing.config.ts"], says: "There is no missing.config.ts." },
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

test("a config with a typo is refused: file, key, and what is allowed", async () => {
  const { code, stderr } = await runInProcess(["sync", "--config", fixture("typo")]);
  expect(code).toBe(2);
  expect(stderr).toContain(
    "typo.config.ts: bridge.apikey is no known key; did you mean apiKey? Allowed here: url, apiKey.",
  );
  expect(stderr).toContain("typo.config.ts: apps.emea.conector is no known key; did you mean connector?");
  expect(stderr).not.toContain("    at ");
});

test.each([
  {
    name: "the same name",
    apps: '{ a: { connector: hr({ system: "odoo" }), name: "HR", config }, b: { connector: hr({ system: "odoo" }), name: "HR", config } }',
    says: 'apps.b and apps.a have the name "HR" both',
  },
  {
    name: "a key with a space",
    apps: '{ "my hr": { connector: hr({ system: "odoo" }), config } }',
    says: "apps.my hr: a key of apps is made of letters, digits, - and _",
  },
])("apps with $name are refused", async ({ apps, says }) => {
  const file = await writeConfig(`export default { bridge, apps: ${apps} };`);
  const { code, stderr } = await runInProcess(["sync", "--config", file]);
  expect(stderr).toContain(says);
  expect(code).toBe(2);
});

test("a config file in a folder that is no ES module is loaded all the same", async () => {
  const file = await writeConfig("export default { bridge, apps: {} };", "commonjs");
  const { stderr } = await runInProcess(["sync", "--config", file]);
  expect(stderr).toContain("apps: must have at least one app");
});

test("an address of the Bridge without its organisation is refused, and the value is not shown", async () => {
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

test("a connector's config with a typo is refused, and the secret is not shown", async () => {
  const { code, stderr } = await runInProcess(["check", "--config", fixture("wrong-connector-config")]);
  expect(code).toBe(2);
  expect(stderr).toContain("wrong-connector-config.config.ts: apps.emea: config.url is missing");
  expect(stderr).toContain('Unrecognized key: "uri"');
  expect(stderr).toContain('connector "hr" takes url, apiKey, database, sendInvitations, whenDeleteIsRefused.');
  expect(stderr).not.toContain("canary-3d1");
});

test("a Bridge that is not there is named, with exit code 1", async () => {
  const app = '{ connector: hr({ system: "odoo" }), config }';
  const file = await writeConfig(`export default { bridge, apps: { emea: ${app} } };`);
  const { code, stderr } = await runInProcess(["sync", "--config", file]);
  expect(stderr).toContain("The Bridge at http://127.0.0.1:1/org/main could not be reached:");
  expect(stderr).not.toContain("    at ");
  expect(code).toBe(1);
});
