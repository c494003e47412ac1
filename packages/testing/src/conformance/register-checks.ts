import type { Connector } from "@bridgekit/core";
import { afterAll, expect, test } from "vitest";
import { startBridge, type TestBridge } from "../bridge/start-bridge.ts";
import { checks, runCheck } from "./checks.ts";
import type { Finding } from "./check.ts";
import type { TestConnectorOptions, Upstream } from "./options.ts";
import { toCapabilities } from "./report/capabilities.ts";
import { toMarkdown } from "./report/to-markdown.ts";
import { createSubject } from "./create-subject.ts";

/** Registers a test for each check of a connector; results are added to `findings`, by the name of the check. */
export function registerChecks<Product extends Upstream>(
  connector: Connector,
  options: TestConnectorOptions<Product>,
  findings: Map<string, Finding>,
): void {
  let bridge: Promise<TestBridge> | undefined;
  const subject = createSubject(connector, options, () => (bridge ??= startBridge()));

  for (const check of checks)
    test(check.name, { timeout: 300_000 }, async (context) => {
      const finding = await runCheck(subject, check);
      findings.set(check.name, finding);
      if (finding.status === "skipped") context.skip(finding.detail);
      expect(finding.status, finding.detail).toBe("passed");
    });

  afterAll(async () => {
    if (findings.size > 0)
      process.stdout.write(`\n${connector.title}\n\n${toMarkdown(toCapabilities(connector, findings))}\n\n`);
    await (await bridge)?.[Symbol.asyncDispose]();
  });
}
