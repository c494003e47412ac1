import { stripVTControlCharacters } from "node:util";

// Control characters, Unicode line separators, and marks that reverse the direction of text.
const UNSAFE = /[\p{Cc}\u2028\u2029\u200E\u200F\u202A-\u202E\u2066-\u2069]/gu;

/** Makes untrusted text safe within one line: removes what would control a terminal or start a new line. */
export function toPlain(text: string): string {
  return stripVTControlCharacters(text).replaceAll(UNSAFE, " ");
}

/** The same for text of several lines, such as an error message. */
export function toPlainLines(text: string): string {
  return text.split(/\r?\n/).map(toPlain).join("\n");
}

/** JSON on one line, with the characters escaped that control a terminal and that JSON keeps. */
export function toJsonLine(value: unknown): string {
  return JSON.stringify(value).replaceAll(
    UNSAFE,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
