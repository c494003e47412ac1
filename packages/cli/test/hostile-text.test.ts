import type { TaskAction } from "@bridgekit/core";
import type { SyncResult } from "@bridgekit/core/run";
import type { Task } from "@bridgekit/client";
import { hr } from "@bridgekit/connector-hr";
import { silentLogger } from "@bridgekit/core/run";
import { PassThrough } from "node:stream";
import { expect, test } from "vitest";
import { connectApp } from "../src/apps/open-apps.ts";
import { configSchema } from "../src/config/config-schema.ts";
import { createJsonReporter } from "../src/output/json-reporter.ts";
import { createPlainReporter } from "../src/output/plain-reporter.ts";
import { createRedaction } from "../src/output/redaction.ts";
import type { Reporter } from "../src/output/reporter.ts";
import { createTerminalReporter } from "../src/output/terminal-reporter.ts";
import { toPlain } from "../src/output/to-plain.ts";
import { runInProcess } from "./support/run-in-process.ts";

/** Clears the screen, forges a line, reverses text direction, and uses a one-character control sequence. */
const HOSTILE = "u1\u001B[2J\nHR: sync completed\r\u202Egnorw\u009B2K\u2028end\u0007";
const STEERS = /[\p{Cc}\u2028\u2029\u202A-\u202E\u2066-\u2069]/u;

const task = { id: "1", action: "suspend_account" satisfies TaskAction, payload: { account: { id: HOSTILE } } };
const result = {
  status: "abandoned",
  pushed: { account: 1 },
  progress: [],
  missing: [HOSTILE],
  unknownRefs: [HOSTILE],
  usage: {},
} as unknown as SyncResult;

function sayAll(reporter: Reporter): number {
  const calls = [
    () => reporter.syncStarted(HOSTILE),
    () => reporter.syncEnded("HR", result),
    () => reporter.syncStopped("HR", HOSTILE),
    () => reporter.taskEnded("HR", task as unknown as Task, { status: "completed" }),
    () => reporter.checked("HR", [{ name: HOSTILE, isOk: false, message: HOSTILE }]),
    () => reporter.failed(HOSTILE, HOSTILE),
    () => reporter.note(HOSTILE, "HR"),
  ];
  for (const call of calls) call();
  return calls.length;
}

test("text from a system cannot forge a log line or control a terminal", () => {
  const lines: string[] = [];
  const count = sayAll(createPlainReporter((line) => lines.push(line)));
  expect(lines).toHaveLength(count);
  for (const line of lines) expect(line).not.toMatch(STEERS);
});

test("nor as JSON, which keeps it in full", () => {
  const lines: string[] = [];
  const count = sayAll(createJsonReporter((line) => lines.push(line)));
  expect(lines).toHaveLength(count);
  for (const line of lines) expect(line).not.toMatch(STEERS);
  expect(JSON.parse(lines.at(-1)!)).toMatchObject({ message: HOSTILE });
});

test("nor on a terminal with live lines", () => {
  const screen = Object.assign(new PassThrough(), { columns: 80, rows: 24, isTTY: true });
  const reporter = createTerminalReporter(screen as unknown as NodeJS.WriteStream, { redact: (text) => text });
  sayAll(reporter);
  reporter.close();
  const shown = String(screen.read());
  for (const one of ["\u001B[2J", "\nHR: sync completed", "\u202E", "\u009B", "\u2028", "\u0007"])
    expect(shown).not.toContain(one);
});

test("nor in an error that ends a command", async () => {
  const { stderr } = await runInProcess(["status"], {
    env: { BRIDGE_URL: "http://bridge.example.com/org/acme", BRIDGE_API_KEY: "key" },
    fetch: async () => Response.json({ detail: HOSTILE }, { status: 400 }),
  });
  expect(stderr).toContain("u1");
  for (const line of stderr.trimEnd().split("\n")) expect(line).not.toMatch(STEERS);
});

test("a name in other scripts or with joined emojis is unchanged", () => {
  const name = "Zoë 名前 אבג 👩‍💻";
  expect(toPlain(name)).toBe(name);
});

test("reopening an app does not add another redactor", async () => {
  const redaction = createRedaction((text) => text);
  const connect = (apiKey: string) => {
    const config = { url: "http://odoo.example.com", apiKey };
    const { apps } = configSchema.parse({ apps: { emea: { connector: hr({ system: "odoo" }), config } } });
    return connectApp(["emea", apps["emea"]!], { shown: "x", loggerOf: () => silentLogger, redaction });
  };
  await connect("first-secret");
  await connect("second-secret");
  expect(redaction.redact("first-secret second-secret")).toBe("first-secret [secret]");
});
