import { isStorable } from "./check-json.ts";
import { HttpError } from "./http-error.ts";
import { isDateTime } from "./schemas.ts";

/** The end of a page as one opaque word. */
export function encodeCursor(place: readonly string[]): string {
  return Buffer.from(JSON.stringify(place), "utf8").toString("base64url");
}

/** Decodes the end of the previous page: one word per column of the order. Throws 400 for anything else. */
export function decodeCursor(cursor: string | undefined, length: number): readonly string[] | undefined {
  if (cursor === undefined) return undefined;
  const place = parse(Buffer.from(cursor, "base64url").toString("utf8"));
  if (
    Array.isArray(place) &&
    place.length === length &&
    place.every((word) => typeof word === "string" && isStorable(word)) &&
    encodeCursor(place) === cursor
  )
    return place;
  throw unknownCursor();
}

/** The end of a page in a list ordered by time and then by an id, which `isId` checks, and further words. */
export function decodeMoment(
  cursor: string | undefined,
  isId: (word: string) => boolean,
  length = 2,
): readonly string[] | undefined {
  const place = decodeCursor(cursor, length);
  if (place !== undefined && !(isMoment(place[0]) && isId(place[1] ?? ""))) throw unknownCursor();
  return place;
}

/** For a cursor whose words name no position in the list. */
function unknownCursor(): HttpError {
  return new HttpError(400, "cursor: is unknown; take it from `next` of the previous page");
}

/** Whether a word is a timestamp as the Bridge writes them; databases accept fewer than can be written. */
function isMoment(word = ""): boolean {
  return isDateTime(word) && new Date(word).toISOString() === word;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/**
 * Returns a page and the cursor of the next one. The rows contain one more than requested; `isCut` if more were found
 * than read.
 */
export function toPage<Row>(
  rows: readonly Row[],
  limit: number,
  placeOf: (row: Row) => readonly string[],
  isCut = false,
): { page: readonly Row[]; cursor: string | undefined } {
  const page = rows.slice(0, limit);
  const last = isCut || rows.length > limit ? page.at(-1) : undefined;
  return { page, cursor: last === undefined ? undefined : encodeCursor(placeOf(last)) };
}
