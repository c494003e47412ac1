import { UsageError } from "../usage-error.ts";

/** The time that an option gives, as ISO 8601. */
export function toTime(option: string, text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  const time = new Date(text);
  if (Number.isNaN(time.getTime()))
    throw new UsageError(`${option} takes a time such as 2026-12-01T08:00Z, not "${text}".`);
  return time.toISOString();
}
