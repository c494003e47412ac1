import { expect, test } from "vitest";
import { judgeInstall, MOST_EXTERNAL_PACKAGES, type Lockfile } from "../release/install-size.ts";

function lockfile(...names: string[]): Lockfile {
  const paths = ["", ...names.map((name) => `node_modules/${name}`)];
  return { packages: Object.fromEntries(paths.map((path) => [path, {}])) };
}

const many = (count: number) => Array.from({ length: count }, (_, index) => `package-${index}`);

test("the external packages of a connector are counted", () => {
  expect(judgeInstall("@bridgekit/connector-wiki", lockfile("@bridgekit/core", "zod", "@hono/node-server"))).toEqual([
    "@hono/node-server",
    "zod",
  ]);
});

test("one package in two versions counts twice", () => {
  expect(judgeInstall("@bridgekit/connector-wiki", lockfile("zod", "hono/node_modules/zod"))).toEqual(["zod", "zod"]);
});

test("a connector that brings too many packages is not fit to publish", () => {
  expect(() => judgeInstall("@bridgekit/connector-wiki", lockfile(...many(MOST_EXTERNAL_PACKAGES)))).not.toThrow();
  expect(() => judgeInstall("@bridgekit/connector-wiki", lockfile(...many(MOST_EXTERNAL_PACKAGES + 1)))).toThrow(
    "brings 21 external packages; at most 20",
  );
});

test.each(["pg", "pg-boss", "@electric-sql/pglite", "@bridgekit/server", "@bridgekit/testing", "vitest"])(
  "a connector that brings %s is not fit to publish",
  (name) => {
    expect(() => judgeInstall("@bridgekit/connector-wiki", lockfile("@bridgekit/core", name))).toThrow(
      `brings ${name}.`,
    );
  },
);
