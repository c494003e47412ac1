import type { Logger } from "./logger.ts";
import type { Redact } from "./redact.ts";

/** What was met already, and what stands for it; values may be circular. */
type Seen = Map<object, unknown>;

/** A copy of a value with the secrets replaced in every text at any depth; the errors in it are changed in place. */
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
 * Takes the secrets out of an error, in place, so that it keeps its identity and kind: out of message and stack, its
 * own fields, its causes, and the errors that it collects. Answers what it was given.
 */
export function redactError<T>(error: T, redact: Redact, seen: Seen = new Map()): T {
  if (!(error instanceof Error) || seen.has(error)) return error;
  seen.set(error, error);
  // The named ones are not enumerable, and a DOMException has its message from its prototype.
  for (const name of new Set(["message", "stack", "cause", "errors", ...Object.keys(error)])) {
    const value: unknown = Reflect.get(error, name);
    const clean = redactValue(value, redact, seen);
    if (clean !== value) setField(error, name, clean, Object.prototype.propertyIsEnumerable.call(error, name));
  }
  return error;
}

/** A logger that writes no secret, whatever it is given. */
export function redactLogger(logger: Logger, redact: Redact): Logger {
  const level = (name: keyof Logger) => (fields: object, message: string) =>
    logger[name](redactValue(fields, redact) as object, redact(message));
  return { debug: level("debug"), info: level("info"), warn: level("warn"), error: level("error") };
}

// Not by assignment, which a name like `__proto__` and a field without a setter have their own ideas of.
function setField(target: object, name: string, value: unknown, enumerable: boolean): void {
  Reflect.defineProperty(target, name, { value, enumerable, writable: true, configurable: true });
}
