const marker = Symbol.for("bridgekit.ConfigError");

/** Something that the user configured is wrong. The message names the key, and what is allowed. */
export class ConfigError extends Error {
  override readonly name = "ConfigError";
  readonly [marker] = true;
}

/** Recognises a `ConfigError` of any copy of this package. */
export function isConfigError(error: unknown): error is ConfigError {
  return error instanceof Error && marker in error;
}
