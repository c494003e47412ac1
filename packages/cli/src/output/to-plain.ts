import { stripVTControlCharacters } from "node:util";

// Besides control characters: what ends a line in Unicode, and what shows the rest of a line backwards.
const STEERS = /[\p{Cc}\u2028\u2029\u200E\u200F\u202A-\u202E\u2066-\u2069]/gu;

/** A text that somebody else wrote, as part of one line: without what would steer a terminal or begin another line. */
export function toPlain(text: string): string {
  return stripVTControlCharacters(text).replaceAll(STEERS, " ");
}

/** The same for a text of several lines, such as the message of an error. */
export function toPlainLines(text: string): string {
  return text.split(/\r?\n/).map(toPlain).join("\n");
}

/** JSON on one line. A terminal obeys some characters that JSON leaves as they are. */
export function toJsonLine(value: unknown): string {
  return JSON.stringify(value).replaceAll(
    STEERS,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
