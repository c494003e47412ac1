import { stripVTControlCharacters } from "node:util";
import stringWidth from "string-width";
import { expect, test } from "vitest";
import { renderApps, type LiveApp } from "../src/output/live-apps.ts";
import { progressBar } from "../src/output/progress-bar.ts";

const line = (state: LiveApp["state"], text: string): LiveApp => ({ state, describe: () => text });
const render = (apps: [string, LiveApp][], columns: number, rows: number) =>
  stripVTControlCharacters(renderApps(new Map(apps), { columns, rows })).split("\n");

test("each app has a line, aligned", () => {
  const lines = render(
    [
      ["HR EMEA", line("syncing", "reading ...")],
      ["日本", line("idle", "next sync at 10:00:00")],
    ],
    80,
    24,
  );
  expect(lines).toEqual(["▶ HR EMEA  reading ...", "✔ 日本     next sync at 10:00:00"]);
});

test.each([
  { columns: 120, rows: 60 },
  { columns: 80, rows: 24 },
  { columns: 30, rows: 10 },
  { columns: 5, rows: 2 },
])("fifty apps fit into $columns columns and $rows rows", ({ columns, rows }) => {
  const apps = Array.from({ length: 50 }, (_, n): [string, LiveApp] => [
    `An app with quite a long name ${n} 名前`,
    n === 40
      ? { state: "syncing", describe: (width) => progressBar("account", 500, 1000, width) }
      : line("idle", "next sync at 10:00:00; last completed: 12 team, 2,400 account, 17 license"),
  ]);
  const lines = render(apps, columns, rows);
  expect(lines.length).toBeLessThan(rows);
  for (const text of lines) expect(stringWidth(text)).toBeLessThan(columns);
});

test("if not all fit, the most interesting are shown and the others counted", () => {
  const apps = Array.from({ length: 20 }, (_, n): [string, LiveApp] => [`app ${n}`, line("idle", "later")]);
  apps[15] = ["app 15", line("failing", "refused")];
  apps[18] = ["app 18", line("syncing", "reading ...")];
  expect(render(apps, 60, 6)).toEqual([
    "✔ app 0   later",
    "✖ app 15  refused",
    "▶ app 18  reading ...",
    "  and 17 more: 17 idle",
  ]);
});

test("a name cannot control the terminal", () => {
  expect(renderApps(new Map([["a\u001B[2Jb\n", line("idle", "later")]]), { columns: 80, rows: 24 })).toContain("ab ");
});

test("a bar is drawn if the total is known and there is room", () => {
  const bar = (pushed: number, total: number | undefined, columns: number) =>
    stripVTControlCharacters(progressBar("account", pushed, total, columns));
  expect(bar(12_000, 24_000, 80)).toBe(`account ${"█".repeat(12)}${"░".repeat(12)} 12,000 / 24,000`);
  expect(bar(12_000, 24_000, 50)).toBe(`account ${"█".repeat(6)}${"░".repeat(6)} 12,000 / 24,000`);
  expect(bar(12_000, 24_000, 35)).toBe("account 12,000 / 24,000");
  expect(bar(12_000, 24_000, 20)).toBe("account 50 %");
  expect(bar(12_000, undefined, 80)).toBe("account 12,000");
  expect(bar(24_100, 24_000, 80)).toBe("account 24,100");
});
