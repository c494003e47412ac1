import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { toConnectorNames } from "../src/connector-names.ts";
import { readRanges } from "../src/ranges.ts";
import { repositoryFiles } from "../src/repository-package.ts";

const files = repositoryFiles(toConnectorNames("help-desk"), readRanges());
const sibling = (path: string) => readFileSync(new URL(`../../../connectors/jira/${path}`, import.meta.url), "utf8");

test("a connector of the repository is a package like its siblings", () => {
  const { dependencies, devDependencies, description, scripts, ...made } = JSON.parse(
    files["connectors/help-desk/package.json"]!,
  );
  const jira = JSON.parse(sibling("package.json").replaceAll("jira", "help-desk"));
  const { dependencies: runtime, devDependencies: _, description: __, scripts: usual, ...expected } = jira;
  expect(made).toEqual(expected);
  expect(dependencies).toEqual(runtime);
  expect(scripts).toMatchObject(usual);
  expect(description).toBe("Bridgekit connector for Help desk.");
  expect(Object.values(devDependencies)).toEqual(Object.values(devDependencies).map(() => "workspace:^"));
});

test.each(["tsconfig.build.json", "vitest.config.ts"])("%s is that of its siblings", (path) => {
  const withoutSpaces = (text: string) => text.replaceAll(/\s/g, "");
  expect(withoutSpaces(files[`connectors/help-desk/${path}`]!)).toBe(withoutSpaces(sibling(path)));
});

test("it comes with a release note of its package", () => {
  expect(files[".changeset/help-desk-connector.md"]).toContain('"@bridgekit/connector-help-desk": minor');
});

test("the README has the headings of every connector", () => {
  const headings = files["connectors/help-desk/README.md"]!.matchAll(/^## (.*)$/gm).map(([, heading]) => heading);
  expect([...headings]).toEqual(
    expect.arrayContaining(["Syncs", "Actions", "Permissions needed", "Configuration", "Limits"]),
  );
});

test("nothing of the template's own name is left", () => {
  expect(JSON.stringify(files)).not.toMatch(/my.?system/i);
});
