import type { Connector } from "@bridgekit/core";
import type { Finding } from "../check.ts";

/** What a connector can do according to the kit: the content of its `capabilities.json`. */
export interface Capabilities {
  connector: string;
  title: string;
  syncs: Readonly<Record<string, { kind: string; name: string }>>;
  /** By the name of the check. */
  findings: Readonly<Record<string, Finding>>;
}

export function toCapabilities(
  { name, title, resourceTypes }: Connector,
  findings: ReadonlyMap<string, Finding>,
): Capabilities {
  const syncs = Object.entries(resourceTypes).map(([slug, { type, name }]) => [slug, { kind: type, name }]);
  return { connector: name, title, syncs: Object.fromEntries(syncs), findings: Object.fromEntries(findings) };
}

/** The content of `capabilities.json` of a package with several connectors. */
export interface SystemCapabilities {
  /** By the name of the system. */
  systems: Readonly<Record<string, Capabilities>>;
}
