import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { parse } from "yaml";
import type { Bridge } from "../src/index.ts";
import { accounts, createApi } from "./support/api.ts";
import { openBridge } from "./support/open-bridge.ts";

const RULES = fileURLToPath(new URL("../../../docs/prometheus-rules.yaml", import.meta.url));
const README = fileURLToPath(new URL("../README.md", import.meta.url));
const DURATION = /^([1-9]\d*(ms|[smhdwy]))+$/;
/** The PromQL keywords in the rules. */
const WORDS = new Set(["by", "max", "sum", "rate", "min_over_time"]);

interface Rule {
  alert: string;
  expr: string;
  for: string;
  labels: Record<string, string>;
  annotations: Record<string, string>;
}

let bridge: Bridge;
let metrics: string;
let rules: Rule[];
beforeAll(async () => {
  bridge = await openBridge("postgres");
  const api = await createApi(bridge);
  await api.sync(await api.createApp(), [["account", accounts(1)]]);
  metrics = await (await bridge.fetch(new Request("http://bridge.test/metrics"))).text();
  rules = parse(await readFile(RULES, "utf8")).groups.flatMap((group: { rules: Rule[] }) => group.rules);
});
afterAll(() => bridge.close());

/** The metrics of an expression, each with its labels. */
function metricsOf(expr: string): [name: string, labels: string[]][] {
  const labelled = [...expr.matchAll(/([a-z_][a-z0-9_]*)(?:\{([^}]*)\})?/gi)];
  const grouped = new Set([...expr.matchAll(/\bby \(([^)]*)\)/g)].flatMap(([, names = ""]) => names.split(", ")));
  const inside = new Set(labelled.flatMap(([, , labels = ""]) => labels.split(/[=~!"]+/)));
  return labelled
    .filter(([, name = ""]) => !WORDS.has(name) && !grouped.has(name) && !inside.has(name) && !/^[smhdwy]$/.test(name))
    .map(([, name = "", labels = ""]) => [name, [...labels.matchAll(/(\w+)=/g)].map(([, label = ""]) => label)]);
}

test("each alert is complete: a unique name, an expression, a time, a severity, and what to do", () => {
  expect(rules.length).toBeGreaterThan(7);
  expect(new Set(rules.map(({ alert }) => alert)).size).toBe(rules.length);
  for (const rule of rules) {
    expect(Object.keys(rule), rule.alert).toEqual(["alert", "expr", "for", "labels", "annotations"]);
    expect(rule.for).toMatch(DURATION);
    expect(rule.labels["severity"]).toMatch(/^(warning|critical)$/);
    expect(Object.keys(rule.annotations)).toEqual(["summary", "action"]);
    expect(rule.expr).toMatch(/ (>|==) [\d.* ]+$/);
    for (const [open, close] of ["()", "{}", "[]"])
      expect(rule.expr.split(open!).length, rule.expr).toBe(rule.expr.split(close!).length);
    for (const [, duration] of rule.expr.matchAll(/\[(\w+)\]/g)) expect(duration).toMatch(DURATION);
  }
});

test("every metric in the alerts is served, with the labels that they use", () => {
  const named = rules.flatMap(({ expr }) => metricsOf(expr)).filter(([name]) => name !== "up");
  expect(named.length).toBeGreaterThanOrEqual(rules.length - 1);
  for (const [name, labels] of named) {
    const series = metrics.split("\n").filter((line) => line.startsWith(`${name} `) || line.startsWith(`${name}{`));
    expect(series, name).not.toEqual([]);
    for (const label of labels)
      expect(
        series.some((line) => line.includes(`${label}="`)),
        `${name} ${label}`,
      ).toBe(true);
  }
});

test("every metric of the Bridge is in its README", async () => {
  const readme = await readFile(README, "utf8");
  const names = [...metrics.matchAll(/^# TYPE (bridge_\w+)/gm)].map(([, name = ""]) => name);
  expect(names.length).toBeGreaterThan(12);
  expect(names.filter((name) => !readme.includes(`\`${name}\``))).toEqual([]);
});
