import type { Connector } from "@bridgekit/core";
import { describe } from "vitest";
import type { Finding } from "./check.ts";
import type { TestConnectorOptions, Upstream } from "./options.ts";
import { registerChecks } from "./register-checks.ts";
import { toCapabilities } from "./report/capabilities.ts";
import { testReport } from "./report/test-report.ts";
import { toMarkdown } from "./report/to-markdown.ts";

/**
 * Registers the tests that every connector must pass; they need no network. The results are compared with
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
    const findings = new Map<string, Finding>();
    registerChecks(connector, options, findings);
    const toReport = () => {
      const capabilities = toCapabilities(connector, findings);
      return { capabilities, markdown: toMarkdown(capabilities) };
    };
    testReport(folder, { found: [findings], toReport });
  });
}
