import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Connector } from "@bridgekit/core";
import { afterAll, describe, expect, test } from "vitest";
import { startBridge, type TestBridge } from "../bridge/start-bridge.ts";
import { checks, runCheck } from "./checks.ts";
import type { Finding } from "./finding.ts";
import type { TestConnectorOptions, Upstream } from "./options.ts";
import { toCapabilities } from "./report/capabilities.ts";
import { replaceCapabilities, toMarkdown } from "./report/to-markdown.ts";
import { createSubject } from "./subject.ts";

/**
 * Registers the tests that every connector must pass; they need no network. What they find is compared with
 * `capabilities.json` and the README of the connector's package; `vitest run -u` writes both.
 *
 * @example
 * testConnector(wiki, { folder: join(import.meta.dirname, ".."), config, upstream: () => createWikiSandbox(), ... });
 */
export function testConnector<Product extends Upstream>(
  connector: Connector,
  { folder, ...options }: TestConnectorOptions<Product> & { /** Of the connector's package. */ folder: string },
): void {
  describe(`connector ${connector.name}`, () => {
    let bridge: Promise<TestBridge> | undefined;
    const subject = createSubject(connector, options, () => (bridge ??= startBridge()));
    const findings = new Map<string, Finding>();

    for (const check of checks)
      test(check.name, { timeout: 300_000 }, async (context) => {
        const finding = await runCheck(subject, check);
        findings.set(check.name, finding);
        if (finding.status === "skipped") context.skip(finding.detail);
        expect(finding.status, finding.detail).toBe("passed");
      });

    test("capabilities.json and the README tell what was found", async (context) => {
      if (findings.size < checks.length) context.skip("only some of the checks were run");
      const hasFailed = [...findings.values()].some(({ status }) => status === "failed");
      if (hasFailed) context.skip("a check failed, and what is wrong is not written down");
      const capabilities = toCapabilities(connector, findings);
      const readme = join(folder, "README.md");
      await expect(`${JSON.stringify(capabilities, undefined, 2)}\n`).toMatchFileSnapshot(
        join(folder, "capabilities.json"),
      );
      await expect(replaceCapabilities(await readFile(readme, "utf8"), capabilities)).toMatchFileSnapshot(readme);
    });

    afterAll(async () => {
      if (findings.size > 0)
        process.stdout.write(`\n${connector.title}\n\n${toMarkdown(toCapabilities(connector, findings))}\n\n`);
      await (await bridge)?.[Symbol.asyncDispose]();
    });
  });
}
