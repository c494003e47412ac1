const MOST_SECONDS = 60;
// Commas part preferences, except within quotes.
const PREFERENCE = /(?:"(?:[^"\\]|\\.)*"|[^,"])+/g;
const WAIT = /^\s*wait\s*(?:=\s*(?:"(\d{1,9})"|(\d{1,9})))?\s*(?:;.*)?$/i;
const NAMED_WAIT = /^\s*wait\s*(?:[=;]|$)/i;

/**
 * How many seconds a `Prefer` header (RFC 7240) asks to wait, 60 at the most; undefined where it does not, or not in a
 * number. Of several the first one counts.
 */
export function readPreferredWait(header: string | undefined): number | undefined {
  const first = header?.match(PREFERENCE)?.find((preference) => NAMED_WAIT.test(preference));
  const [, quoted, plain] = WAIT.exec(first ?? "") ?? [];
  const seconds = quoted ?? plain;
  return seconds === undefined ? undefined : Math.min(Number(seconds), MOST_SECONDS);
}

/** The header that says what was honoured. */
export function preferenceApplied(seconds: number | undefined): Readonly<Record<string, string>> {
  return seconds === undefined ? {} : { "preference-applied": `wait=${seconds}` };
}
