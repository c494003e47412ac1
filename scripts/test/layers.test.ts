import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { getPackagesSync } from "@manypkg/get-packages";
import { afterEach, expect, test } from "vitest";
import { root } from "../install.mjs";
import { findCrossings } from "../layers/find-crossings.ts";
import { findRoomCrossings } from "../layers/find-room-crossings.ts";

const LAYERS = {
  "packages/core/src": [],
  "connectors/*/src": ["@bridgekit/core"],
  "connectors/*/sandbox": ["@bridgekit/sandbox"],
};

const roots: string[] = [];
afterEach(() => {
  for (const root of roots.splice(0)) rmSync(root, { recursive: true });
});

/** Checks a connector with this file, which depends on core and the sandbox, and on testing for its tests. */
function crossingsWith(file: string, source: string) {
  const root = mkdtempSync(join(tmpdir(), "bridgekit-layers-"));
  roots.push(root);
  const write = (path: string, content: string | object) => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), typeof content === "string" ? content : JSON.stringify(content));
  };
  mkdirSync(join(root, "packages"));
  write("connectors/wiki/package.json", {
    name: "@bridgekit/connector-wiki",
    dependencies: { "@bridgekit/core": "1", "@bridgekit/sandbox": "1", zod: "1" },
    devDependencies: { "@bridgekit/testing": "1", vitest: "1" },
  });
  write(file, source);
  return findCrossings(root, LAYERS).map(({ specifier, reason }) => `${specifier}: ${reason}`);
}

const MAY = "connectors/*/src may import @bridgekit/core";

test.each([
  { source: 'import { runSync } from "@bridgekit/core/run";', says: `@bridgekit/core/run: ${MAY}` },
  { source: 'import type { TestBridge } from "@bridgekit/testing";', says: `@bridgekit/testing: ${MAY}` },
  { source: 'import {\n  createBridge,\n  serve,\n} from "@bridgekit/server";', says: `@bridgekit/server: ${MAY}` },
  { source: 'import "@bridgekit/server";', says: `@bridgekit/server: ${MAY}` },
  { source: 'export * from "@bridgekit/sandbox";', says: `@bridgekit/sandbox: ${MAY}` },
  { source: 'const server = await import("@bridgekit/server");', says: `@bridgekit/server: ${MAY}` },
  {
    source: 'import { test } from "vitest";',
    says: "vitest: @bridgekit/connector-wiki ships it and has no such dependency",
  },
])("a connector that says $source is caught", ({ source, says }) => {
  expect(crossingsWith("connectors/wiki/src/wiki.ts", `${source}\n`)).toEqual([says]);
});

test("its own files, Node's modules and its dependencies are allowed", () => {
  const source =
    'import { readFile } from "node:fs/promises";\nimport { z } from "zod";\nimport { a } from "./a.ts";\n';
  expect(crossingsWith("connectors/wiki/src/wiki.ts", `${source}import { urlPath } from "@bridgekit/core";\n`)).toEqual(
    [],
  );
});

test("tests may import anything", () => {
  expect(crossingsWith("connectors/wiki/test/wiki.test.ts", 'import { a } from "@bridgekit/testing";\n')).toEqual([]);
});

test("a folder without a layer is reported", () => {
  const [said] = crossingsWith("connectors/wiki/template/src/wiki.ts", 'import { a } from "@bridgekit/core";\n');
  expect(said).toContain("has no line in scripts/layers/layers.ts");
});

test("a private package with a layer keeps to it, and may import its build dependencies", () => {
  const root = mkdtempSync(join(tmpdir(), "bridgekit-layers-"));
  roots.push(root);
  mkdirSync(join(root, "packages", "core", "src"), { recursive: true });
  mkdirSync(join(root, "connectors"));
  const manifest = {
    name: "@bridgekit/core",
    private: true,
    devDependencies: { react: "1", "@bridgekit/client": "1" },
  };
  writeFileSync(join(root, "packages", "core", "package.json"), JSON.stringify(manifest));
  writeFileSync(
    join(root, "packages", "core", "src", "page.tsx"),
    'import { useState } from "react";\nimport { createClient } from "@bridgekit/client";\n',
  );
  expect(findCrossings(root, LAYERS).map(({ specifier }) => specifier)).toEqual(["@bridgekit/client"]);
});

test("an import between rooms that is not allowed is caught", () => {
  const root = mkdtempSync(join(tmpdir(), "bridgekit-layers-"));
  roots.push(root);
  mkdirSync(join(root, "src", "sync", "plan"), { recursive: true });
  const source = [
    'import { a } from "../../errors/a.ts";',
    'import { b } from "../session.ts";',
    'import type {\n  C,\n} from "../../tasks/c.ts";',
    'import { d } from "../../retry.ts";',
  ];
  writeFileSync(join(root, "src", "sync", "plan", "plan.ts"), `${source.join("\n")}\n`);
  expect(findRoomCrossings(root, "src", { sync: ["errors"], errors: [] })).toEqual([
    { file: "src/sync/plan/plan.ts", specifier: "../../tasks/c.ts", reason: "sync may import errors" },
  ]);
});

test("nothing but the console depends on React", () => {
  const { packages } = getPackagesSync(root);
  const owners = packages
    .filter(({ packageJson: { dependencies, devDependencies } }) =>
      Object.keys({ ...dependencies, ...devDependencies }).some((name) => /^(@types\/)?react(-dom)?$/.test(name)),
    )
    .map(({ packageJson }) => packageJson.name);
  expect(owners).toEqual(["@bridgekit/console"]);
});
