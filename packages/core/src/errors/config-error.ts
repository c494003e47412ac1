const marker = Symbol.for("bridgekit.ConfigError");

/** A mistake in the configuration. The message names the key and the allowed values. */
export class ConfigError extends Error {
  override readonly name = "ConfigError";
  readonly [marker] = true;
}

/** Recognises a `ConfigError` of any copy of this package. */
export function isConfigError(error: unknown): error is ConfigError {
  return error instanceof Error && marker in error;
}
