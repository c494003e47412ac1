import type { StandardSchemaV1 } from "@standard-schema/spec";
import { ConfigError } from "../errors/config-error.ts";
import { createHttp } from "../http/create-http.ts";
import { hostsBehind, type Hosts } from "../http/rate-limiter/hosts.ts";
import type { SharedLimit } from "../http/rate-limiter/shared-limit.ts";
import { silentLogger, type Logger } from "../logger.ts";
import { redactLogger } from "../redact-value.ts";
import { createSecrets, type Redact } from "../redact.ts";
import type { RetryOptions } from "../retry.ts";
import type { CheckResult, Connector } from "./connector.ts";
import { fieldsOf, findSecrets } from "./config-schema.ts";
import { redactConnector } from "./redact-connector.ts";
import { fingerprint } from "./fingerprint.ts";

/** A connector with its validated config and live API client. */
export interface Connection {
  /** Its errors hold no secrets. */
  readonly connector: Connector;
  /** As its author wrote it: its errors may hold secrets. */
  readonly definition: Connector;
  readonly client: unknown;
  /** Masks secrets. */
  readonly logger: Logger;
  /** Masks the secrets of the config and the tokens obtained with them. */
  readonly redact: Redact;
  /** A slow, salted hash of every value of the config: shows a change and no secret, so it can be kept. */
  fingerprint(salt: string): Promise<string>;
  check(signal?: AbortSignal): Promise<readonly CheckResult[]>;
}

export interface ConnectionOptions {
  fetch?: typeof globalThis.fetch;
  logger?: Logger;
  /** How calls to the system are retried, unless the connector sets it. */
  retry?: RetryOptions;
  /** Connections with the same hosts share rate limits and pauses; by default those with the same `fetch`. */
  hosts?: Hosts;
  /** Texts of the config that are secret although its schema does not say so. */
  secrets?: readonly string[];
  /** The rate limit of the config's credential, if other processes use it as well. */
  sharedLimit?: SharedLimit;
}

/** Validates the config and connects. Throws `ConfigError`, naming each field that is wrong. */
export async function createConnection(
  definition: Connector,
  config: unknown,
  { fetch = globalThis.fetch, retry, hosts = hostsBehind(fetch), sharedLimit, ...options }: ConnectionOptions = {},
): Promise<Connection> {
  const schema: StandardSchemaV1 = definition.config;
  const result = await schema["~standard"].validate(config);
  const secrets = new Set([...findSecrets(schema, config), ...(options.secrets ?? [])]);
  // A default or a transformation may add a secret that is not in the config as written.
  if (!result.issues) for (const secret of findSecrets(schema, result.value)) secrets.add(secret);
  const known = createSecrets(secrets);
  const { redact } = known;
  if (result.issues) throw new ConfigError(redact(describeIssues(definition, config, result.issues)));

  const connector = redactConnector(definition, redact);
  const logger = redactLogger(options.logger ?? silentLogger, redact);
  const client: unknown = await connector.connect(result.value, {
    http: (http) =>
      createHttp(
        { retry, ...http, secrets: [...secrets, ...(http.secrets ?? [])] },
        { fetch, logger, hosts, sharedLimit, secrets: known },
      ),
    logger,
  });
  return {
    connector,
    definition,
    client,
    logger,
    redact,
    fingerprint: (salt) => fingerprint(result.value, salt),
    check: async (signal = new AbortController().signal) =>
      (await connector.check({ client, logger, signal })).map(toShown),
  };
}

function toShown({ name, isOk, message, advice }: CheckResult): CheckResult {
  const text = isOk ? message : (advice ?? message);
  return text === undefined ? { name, isOk } : { name, isOk, message: text };
}

function describeIssues(
  { name, config: schema }: Connector,
  config: unknown,
  issues: readonly StandardSchemaV1.Issue[],
): string {
  const lines = issues.map(({ path = [], message }) => {
    const keys = path.map((step) => (typeof step === "object" ? step.key : step));
    const what = ["config", ...keys.map(String)].join(".");
    const isMissing = keys.length > 0 && valueAt(config, keys) === undefined;
    return `${what} ${isMissing ? "is missing (is its environment variable set?)" : `is wrong: ${message}`}`;
  });
  const fields = fieldsOf(schema as StandardSchemaV1);
  return `${lines.join("; ")}. The config of connector "${name}" takes ${fields.join(", ") || "no field"}.`;
}

function valueAt(value: unknown, keys: readonly PropertyKey[]): unknown {
  return keys.reduce<unknown>(
    (inner, key) =>
      typeof inner === "object" && inner !== null ? (inner as Record<PropertyKey, unknown>)[key] : undefined,
    value,
  );
}
