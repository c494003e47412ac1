import { createHmac } from "node:crypto";
import { findSecrets } from "@bridgekit/core/run";
import { isSecret } from "../secrets/secret.ts";
import type { LoadedApp } from "../config/config-schema.ts";

/** The host that an app calls: that of the first URL in its config; its connector's name if there is none. */
export function findUpstreamHost({ connector, config }: LoadedApp): string {
  for (const text of textsOf(config))
    if (/^https?:\/\//.test(text) && URL.canParse(text)) return new URL(text).host.slice(0, 200);
  return connector.name;
}

/**
 * A digest that is the same for apps with the same credential, or with references to the same one. It is kept in the
 * fleet's database, so it can't be computed without the key of the Bridge: a guess at a password could be tried otherwise.
 */
export function digestCredential({ connector, config }: LoadedApp, apiKey: string): string {
  const secrets = [...findSecrets(connector.config, config), ...referencesIn(config)];
  const texts = secrets.length > 0 ? secrets : [...textsOf(config)];
  return createHmac("sha256", apiKey).update(JSON.stringify(texts.toSorted())).digest("base64url").slice(0, 22);
}

/** The places of the secrets that a config refers to. */
function* referencesIn(value: unknown): Generator<string> {
  if (isSecret(value)) yield value.name;
  else if (typeof value === "object" && value !== null)
    for (const child of Object.values(value)) yield* referencesIn(child);
}

function* textsOf(value: unknown): Generator<string> {
  if (typeof value === "string") yield value;
  else if (value instanceof URL) yield value.href;
  else if (typeof value === "object" && value !== null) for (const child of Object.values(value)) yield* textsOf(child);
}
