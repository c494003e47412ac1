import { HttpError } from "./http-error.ts";

const MAX_DEPTH = 32;

/**
 * Refuses what JSON allows and the database does not: NUL characters and half surrogate pairs in strings, numbers
 * beyond the range, and nesting so deep that only an attacker needs it.
 */
export function checkJson(value: unknown, path: readonly (string | number)[] = []): void {
  switch (typeof value) {
    case "string":
      checkText(value, path);
      return;
    case "number":
      if (!Number.isFinite(value)) throw new HttpError(400, `${formatPath(path)}: the number is out of range`);
      return;
    case "object":
      if (value === null) return;
      if (path.length >= MAX_DEPTH) {
        throw new HttpError(400, `${formatPath(path.slice(0, 3))}: nested more than ${MAX_DEPTH} levels deep`);
      }
      if (Array.isArray(value)) {
        for (const [index, item] of value.entries()) checkJson(item, [...path, index]);
        return;
      }
      for (const [name, field] of Object.entries(value)) {
        checkText(name, path);
        checkJson(field, [...path, name]);
      }
      return;
    default:
      return;
  }
}

function checkText(text: string, path: readonly (string | number)[]): void {
  if (!isStorable(text)) {
    throw new HttpError(400, `${formatPath(path)}: holds a NUL character or half a surrogate pair`);
  }
}

/** Whether PostgreSQL takes the text. */
export function isStorable(text: string): boolean {
  return !text.includes("\u0000") && text.isWellFormed();
}

/** `["records", 3, "id"]` reads `records[3].id`. */
export function formatPath(path: readonly (string | number)[]): string {
  if (path.length === 0) return "body";
  return path.map((part, index) => (typeof part === "number" ? `[${part}]` : index === 0 ? part : `.${part}`)).join("");
}
