const MOST_SECONDS = 60;
// Commas separate preferences, except within quotes.
const PREFERENCE = /(?:"(?:[^"\\]|\\.)*"|[^,"])+/g;
const WAIT = /^\s*wait\s*(?:=\s*(?:"(\d{1,9})"|(\d{1,9})))?\s*(?:;.*)?$/i;
const NAMED_WAIT = /^\s*wait\s*(?:[=;]|$)/i;

/**
 * Returns the seconds to wait of a `Prefer` header (RFC 7240), at most 60; undefined if it has none or no number. The
 * first of several counts.
 */
export function readPreferredWait(header: string | undefined): number | undefined {
  const first = header?.match(PREFERENCE)?.find((preference) => NAMED_WAIT.test(preference));
  const [, quoted, plain] = WAIT.exec(first ?? "") ?? [];
  const seconds = quoted ?? plain;
  return seconds === undefined ? undefined : Math.min(Number(seconds), MOST_SECONDS);
}

/** The header that confirms the preference. */
export function preferenceApplied(seconds: number | undefined): Readonly<Record<string, string>> {
  return seconds === undefined ? {} : { "preference-applied": `wait=${seconds}` };
}
