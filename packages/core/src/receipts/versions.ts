import manifest from "../../package.json" with { type: "json" };
import type { Connector } from "../connector/connector.ts";

/** What ran. */
export interface Versions {
  connector: string;
  core: string;
  node: string;
}

/** `hr 1.2.0`, or `hr` where the connector does not tell its version. */
export function readVersions({ name, version }: Connector): Versions {
  return {
    connector: version === undefined ? name : `${name} ${version}`,
    core: manifest.version,
    node: process.version,
  };
}
