import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { fixture, runBridgeCommand } from "./support/bridge-command.ts";

test("help lists the commands", async () => {
  const { code, stdout } = await runBridgeCommand(["--help"]);
  expect(code).toBe(0);
  for (const command of ["up", "check", "sync", "tasks", "run", "key"]) expect(stdout).toContain(`  ${command} `);
});

test.each([
  { args: ["synk"], says: "Did you mean sync?" },
  { args: ["sync", "--frequently"], says: "unknown option '--frequently'" },
  { args: ["up", "--port", "70000"], says: "A port is a number from 0 to 65535." },
  { args: ["key", "--expires", "8"], says: "A key expires after 7, 30 or 90 days." },
  { args: ["sync", "--config", "missing.config.ts"], says: "There is no missing.config.ts." },
  { args: ["sync", "--config", fixture("no-export")], says: "has no default export" },
  {
    args: ["sync", "emae", "--config", fixture("wrong-connector-config")],
    says: "No app has the key emae; the config has emea.",
  },
])("bridge $args is refused with exit code 2", async ({ args, says }) => {
  const { code, stderr } = await runBridgeCommand(args);
  expect(stderr).toContain(says);
  expect(code).toBe(2);
});

test("a config with a typo is refused: file, key, and what is allowed", async () => {
  const { code, stderr } = await runBridgeCommand(["sync", "--config", fixture("typo")]);
  expect(code).toBe(2);
  expect(stderr).toContain(
    "typo.config.ts: bridge.apikey is no known key; did you mean apiKey? Allowed here: url, apiKey.",
  );
  expect(stderr).toContain("typo.config.ts: apps.emea.conector is no known key; did you mean connector?");
  expect(stderr).not.toContain("    at ");
});

test("a connector's config with a typo is refused, and the secret is not shown", async () => {
  const { code, stderr } = await runBridgeCommand(["check", "--config", fixture("wrong-connector-config")]);
  expect(code).toBe(2);
  expect(stderr).toContain('apps.emea: The config of connector "hr" is wrong. config.url: ');
  expect(stderr).toContain("uri");
  expect(stderr).not.toContain("canary-3d1");
});

test("a Bridge that is not there is named, with exit code 1", async () => {
  const env = {
    BRIDGE_URL: "http://127.0.0.1:1/org/main",
    BRIDGE_API_KEY: "x",
    HR_URL: "http://127.0.0.1:1",
    HR_KEY: "x",
  };
  const stateDir = await mkdtemp(join(tmpdir(), "bridgekit-cli-"));
  const { code, stderr } = await runBridgeCommand(["sync", "--config", fixture("hr")], { ...env, STATE_DIR: stateDir });
  expect(stderr).toContain("The Bridge at http://127.0.0.1:1/org/main could not be reached:");
  expect(stderr).not.toContain("    at ");
  expect(code).toBe(1);
});
