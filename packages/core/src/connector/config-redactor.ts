import { createRedactor, type Redact } from "../redact.ts";
import { findSecrets } from "./config-schema.ts";
import type { Connector } from "./connector.ts";

/** Masks the secrets of a config before there is a connection, as where connecting fails. */
export function createConfigRedactor(connector: Connector, config: unknown): Redact {
  return createRedactor(findSecrets(connector.config, config));
}
