import type { Logger } from "./logger.ts";
import type { Redact } from "./redact.ts";

/** Visited objects and their copies; values may be circular. */
type Seen = Map<object, unknown>;

/** Returns a copy of a value with the secrets masked in every text at any depth. Errors in it are changed in place. */
export function redactValue(value: unknown, redact: Redact, seen: Seen = new Map()): unknown {
  if (typeof value === "string") return redact(value);
  if (typeof value !== "object" || value === null) return value;
  if (value instanceof Error) return redactError(value, redact, seen);
  if (seen.has(value)) return seen.get(value);
  if ("toJSON" in value && typeof value.toJSON === "function") return redactValue(value.toJSON(), redact, seen);
  if (Array.isArray(value)) {
    const items: unknown[] = [];
    seen.set(value, items);
    for (const item of value) items.push(redactValue(item, redact, seen));
    return items;
  }
  const copy = {};
  seen.set(value, copy);
  const pairs = value instanceof Map || value instanceof Headers ? value : Object.entries(value);
  for (const [name, child] of pairs) setField(copy, redact(String(name)), redactValue(child, redact, seen), true);
  return copy;
}

/**
 * Masks the secrets in an error and returns it: in its message and stack, its own fields, its causes and the errors that it
 * collects. The error is changed in place, so it keeps its identity and class.
 */
export function redactError<T>(error: T, redact: Redact, seen: Seen = new Map()): T {
  if (!(error instanceof Error) || seen.has(error)) return error;
  seen.set(error, error);
  // These properties are not enumerable, and a DOMException inherits its message from its prototype.
  for (const name of new Set(["message", "stack", "cause", "errors", ...Object.keys(error)])) {
    const value: unknown = Reflect.get(error, name);
    const clean = redactValue(value, redact, seen);
    if (clean !== value) setField(error, name, clean, Object.prototype.propertyIsEnumerable.call(error, name));
  }
  return error;
}

/** Returns a logger that writes no secret. */
export function redactLogger(logger: Logger, redact: Redact): Logger {
  const level = (name: keyof Logger) => (fields: object, message: string) =>
    logger[name](redactValue(fields, redact) as object, redact(message));
  return { debug: level("debug"), info: level("info"), warn: level("warn"), error: level("error") };
}

// Not by assignment, which fails for a name like `__proto__` and for a field without a setter.
function setField(target: object, name: string, value: unknown, enumerable: boolean): void {
  Reflect.defineProperty(target, name, { value, enumerable, writable: true, configurable: true });
}
