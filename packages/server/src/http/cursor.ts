import { isStorable } from "./check-json.ts";
import { HttpError } from "./http-error.ts";
import { isDateTime } from "./schemas.ts";

/** Where a page ended, as one opaque word. */
export function encodeCursor(place: readonly string[]): string {
  return Buffer.from(JSON.stringify(place), "utf8").toString("base64url");
}

/** Where the page before ended: as many words as the list is ordered by. Anything else answers 400. */
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

/** The place where a page ended in a list by time, and by another word among rows of the same moment. */
export function decodeMoment(
  cursor: string | undefined,
  isRest: (word: string) => boolean,
): readonly string[] | undefined {
  const place = decodeCursor(cursor, 2);
  if (place !== undefined && !(isMoment(place[0]) && isRest(place[1] ?? ""))) throw unknownCursor();
  return place;
}

/** For a cursor whose words name no place in the list. */
function unknownCursor(): HttpError {
  return new HttpError(400, "cursor: is none of ours; take it from the next of the page before");
}

/** Whether a word of a place is a moment as we write them: a database takes less for one than can be written. */
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
 * The rows of a page, of which one more than asked for was read, and where the next page begins; `isCut` where more
 * were found than were read.
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
