/** A text of an answer; an empty one is no value. */
export function toValue(value: unknown): string | null {
  return (typeof value === "string" && value !== "") || typeof value === "number" ? String(value) : null;
}
