/** A moment as BambooHR takes it: `2026-03-31T12:00:00Z`. */
export function toMoment(milliseconds: number): string {
  return new Date(milliseconds).toISOString().replace(/\.\d+Z$/, "Z");
}
