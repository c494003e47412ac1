import type { Connector } from "@bridgekit/core";
import { describe } from "vitest";
import type { Finding } from "./check.ts";
import type { TestConnectorOptions, Upstream } from "./options.ts";
import { registerChecks } from "./register-checks.ts";
import { toCapabilities, type SystemCapabilities } from "./report/capabilities.ts";
import { testReport } from "./report/test-report.ts";
import { toMarkdown } from "./report/to-markdown.ts";

/** A connector for one of several systems, and how to test it. */
export interface SystemTrial {
  connector: Connector;
  options: TestConnectorOptions<any>;
}

/** Infers the product of a trial. */
export function defineTrial<Product extends Upstream>(
  connector: Connector,
  options: TestConnectorOptions<Product>,
): SystemTrial {
  return { connector, options };
}

/**
 * `testConnector` for a package with several connectors: each is tested on its own, and the results of all of them are in
 * one `capabilities.json` and one README.
 *
 * @example
 * testSystems({
 *   folder: join(import.meta.dirname, ".."),
 *   systems: { odoo: defineTrial(hr({ system: "odoo" }), { config, upstream: () => createOdooSandbox(), ... }), ... },
 * });
 */
export function testSystems({
  folder,
  systems,
}: {
  /** Of the connector's package. */
  folder: string;
  systems: Readonly<Record<string, SystemTrial>>;
}): void {
  const tried = Object.entries(systems).map(([system, { connector, options }]) => {
    const findings = new Map<string, Finding>();
    describe(`connector ${connector.name}, ${system}`, () => registerChecks(connector, options, findings));
    return { system, connector, findings };
  });
  testReport(folder, {
    found: tried.map(({ findings }) => findings),
    toReport() {
      const all = tried.map(
        ({ system, connector, findings }) => [system, toCapabilities(connector, findings)] as const,
      );
      const capabilities: SystemCapabilities = { systems: Object.fromEntries(all) };
      const markdown = all.map(([, found]) => `### ${found.title}\n\n${toMarkdown(found)}`).join("\n\n");
      return { capabilities, markdown };
    },
  });
}
