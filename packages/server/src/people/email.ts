import { type RawBuilder, sql } from "kysely";
import type { Place } from "./places.ts";

const ERASED = "[erased]";
// What may precede or follow an address, so that "ann@example.com" is not found in "joann@example.com".
const BEFORE = String.raw`(?<![\p{L}\p{N}._%+-])`;
const AFTER = String.raw`(?![\p{L}\p{N}_-]|\.[\p{L}\p{N}])`;

/** Normalises an address for comparison. */
export function toNormal(email: string): string {
  return email.toLowerCase();
}

/** Whether a value is the address, in any case. */
export function isEmail(value: unknown, email: string): boolean {
  return typeof value === "string" && toNormal(value.trim()) === email;
}

/** Normalises a text for comparison with the address. ASCII alone costs a third of what letters of any language do. */
export function inSmallLetters(text: RawBuilder<unknown>, email: string): RawBuilder<string> {
  return /^[\x20-\x7e]*$/.test(email) ? sql<string>`lower((${text}) collate "C")` : sql<string>`lower(${text})`;
}

/** Whether any column of the place may contain the address; `redactor` decides. */
export function mayName({ columns }: Pick<Place, "columns">, email: string): RawBuilder<boolean> {
  const conditions = Object.keys(columns).map((column) => {
    const text = sql`coalesce(${sql.ref(`place.${column}`)}::text, '')`;
    return sql`strpos(${inSmallLetters(text, email)}, ${email}) > 0`;
  });
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
