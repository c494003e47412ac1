import { toOptionalText } from "@bridgekit/core";

/** An id or a text of an answer; absent, null, blank and false are no value. `onDoubt` gets a reason where it is neither. */
export function toValue(value: unknown, what = "a value", onDoubt: (reason: string) => void = () => {}): string | null {
  return typeof value === "number" ? String(value) : (toOptionalText(value, what, onDoubt) ?? null);
}
