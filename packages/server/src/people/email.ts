import { type RawBuilder, sql } from "kysely";
import type { Place } from "./places.ts";

const ERASED = "[erased]";
// What may stand in an address before or after: so "ann@example.com" is not found in "joann@example.com".
const BEFORE = String.raw`(?<![\p{L}\p{N}._%+-])`;
const AFTER = String.raw`(?![\p{L}\p{N}_-]|\.[\p{L}\p{N}])`;

/** An address as it is compared. */
export function toNormal(email: string): string {
  return email.toLowerCase();
}

/** Whether a value is the address, in whatever case. */
export function isEmail(value: unknown, email: string): boolean {
  return typeof value === "string" && toNormal(value.trim()) === email;
}

/** A text as it is compared with the address. Letters of ASCII alone cost a third of what those of any language do. */
export function inSmallLetters(text: RawBuilder<unknown>, email: string): RawBuilder<string> {
  return /^[\x20-\x7e]*$/.test(email) ? sql<string>`lower((${text}) collate "C")` : sql<string>`lower(${text})`;
}

/** Whether any column of the place may hold the address; `redactor` tells for certain. */
export function mayName({ columns }: Pick<Place, "columns">, email: string): RawBuilder<boolean> {
  const conditions = Object.keys(columns).map((column) => {
    const text = sql`coalesce(${sql.ref(`place.${column}`)}::text, '')`;
    return sql`strpos(${inSmallLetters(text, email)}, ${email}) > 0`;
  });
  return sql<boolean>`(${sql.join(conditions, sql` or `)})`;
}

/** Takes the address out of whatever strings a value holds; the same value where none does. */
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
