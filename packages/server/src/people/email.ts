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
  // The first condition costs less and excludes most, the second one everybody else with an address of the domain.
  return sql<boolean>`(${small} like ${`%${pattern}%`} and ${small} ~ ${toPattern(email)}::text)`;
}

/** A regular expression for the address in a text whose ASCII letters are small. */
function toPattern(email: string): string {
  return Array.from(email, (character) =>
    IS_ASCII.test(character) ? escapeForRegExp(character) : `[${spellingsOf(character).join("")}]`,
  ).join("");
}

const LAST_CASED = 0x1ffff;
let spellings: Map<string, string[]> | undefined;

/** The characters other than ASCII that `toNormal` makes this one. */
function spellingsOf(normal: string): string[] {
  if (spellings === undefined) {
    spellings = new Map();
    for (let code = 0x80; code <= LAST_CASED; code++) {
      const character = String.fromCodePoint(code);
      const small = toNormal(character);
      if (small !== character) spellings.set(small, [...(spellings.get(small) ?? [small]), character]);
    }
  }
  return spellings.get(normal) ?? [normal];
}

/** Of more of them in an address, those at the ends of words. */
const MOST_SIGMAS = 6;

/** How the search index may have a normalised address: databases keep the σ that ends a word. */
export function termsOf(email: string): string[] {
  const all = [...email.matchAll(/σ/g)].map(({ index }) => index);
  const isEnd = (index: number) => !/\p{L}/u.test(email.charAt(index + 1));
  const places = all.length > MOST_SIGMAS ? all.filter(isEnd).slice(0, MOST_SIGMAS) : all;
  return places.reduce(
    (terms, place) => terms.flatMap((term) => [term, `${term.slice(0, place)}ς${term.slice(place + 1)}`]),
    [email],
  );
}

/** Whether a text is the normalised address, as `isEmail` compares, but without blanks around it. */
export function isSame(text: RawBuilder<unknown>, email: string): RawBuilder<boolean> {
  // Databases make another letter of İ, which would then be that of somebody else.
  const normal = (value: RawBuilder<unknown>) =>
    sql`replace(lower(replace(${value}, 'İ', chr(1))), 'ς', 'σ') collate "C"`;
  return sql<boolean>`${normal(text)} = ${normal(sql`${email}::text`)}`;
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
