import type { Connector } from "@bridgekit/core";
import type { Finding } from "../check.ts";

/** What a connector can do, as the kit found it: the content of its `capabilities.json`. */
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

/** The same of a connector that is one of several: the content of its `capabilities.json`. */
export interface SystemCapabilities {
  /** By the name of the system. */
  systems: Readonly<Record<string, Capabilities>>;
}
