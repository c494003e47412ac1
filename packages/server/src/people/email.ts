import { type RawBuilder, sql } from "kysely";
import type { Place } from "./places.ts";

const ERASED = "[erased]";
// What may precede or follow an address, so that "ann@example.com" is not found in "joann@example.com".
const BEFORE = String.raw`(?<![\p{L}\p{N}._%+-])`;
const AFTER = String.raw`(?![\p{L}\p{N}_-]|\.[\p{L}\p{N}])`;
const IS_ASCII = /^[\x20-\x7e]*$/;

/**
 * Normalises an address for comparison: each character by itself, because `toLowerCase` makes the last Σ of a word
 * another letter than the others, and two characters of one İ, which no search for the one would find.
 */
export function toNormal(email: string): string {
  return Array.from(email, (character) => {
    const small = character.toLowerCase();
    return small === "ς" ? "σ" : Array.from(small).length === 1 ? small : character;
  }).join("");
}

/** Whether a value is the address, in any case. */
export function isEmail(value: unknown, email: string): boolean {
  return typeof value === "string" && toNormal(value.trim()) === email;
}

/**
 * Whether a text may contain the address, in any case; `isEmail` or `redactor` decides. Databases disagree about the small
 * letters of other alphabets, with each other and with JavaScript, so only ASCII is compared here.
 */
export function mayContain(text: RawBuilder<unknown>, email: string): RawBuilder<boolean> {
  const small = sql`lower((${text}) collate "C")`;
  if (IS_ASCII.test(email)) return sql<boolean>`strpos(${small}, ${email}) > 0`;
  const pattern = email.replaceAll(/[\\%_]/g, String.raw`\$&`).replaceAll(/[^\x20-\x7e]+/g, "%");
  return sql<boolean>`${small} like ${`%${pattern}%`}`;
}

/** Whether any column of the place may contain the address; `redactor` decides. */
export function mayName({ columns }: Pick<Place, "columns">, email: string): RawBuilder<boolean> {
  const conditions = Object.keys(columns).map((column) =>
    mayContain(sql`coalesce(${sql.ref(`place.${column}`)}::text, '')`, email),
  );
  return sql<boolean>`(${sql.join(conditions, sql` or `)})`;
}

/** Removes the address from all strings in a value; returns the same value if none has it. */
export function redactor(email: string): (value: unknown) => unknown {
  const address = new RegExp(`${BEFORE}${escapeForRegExp(email)}${AFTER}`, "giu");
  const redact = (value: unknown): unknown => {
    if (typeof value === "string") return value.replace(address, ERASED);
    if (typeof value !== "object" || value === null) return value;
    const entries = Object.entries(value).map(([name, field]) => [redact(name) as string, redact(field)] as const);
    const isSame = Object.entries(value).every(
      ([name, field], index) => entries[index]?.[0] === name && entries[index][1] === field,
    );
    if (isSame) return value;
    return Array.isArray(value) ? entries.map(([, item]) => item) : Object.fromEntries(entries);
  };
  return redact;
}

function escapeForRegExp(text: string): string {
  return text.replaceAll(/[\^$\\.*+?()[\]{}|/]/g, String.raw`\$&`);
}
