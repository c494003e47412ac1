/** The body of a response of the typed calls, which throw for any status that is an error. */
export async function read<T>(call: Promise<{ data?: T; response: Response }>): Promise<T> {
  const { data, response } = await call;
  if (data === undefined) throw new Error(`The Bridge responded ${response.status} without a body.`);
  return data;
}

/** The cursor of the next page, from the address that a list gives for it. */
export function toCursor(next: string | null): string | undefined {
  if (next === null) return undefined;
  return new URL(next, "http://bridge.invalid/").searchParams.get("cursor") ?? undefined;
}

/** How many rows a window has at most. */
export const WINDOW = 50;

/** Where a window begins. */
export interface Cursor {
  cursor?: string | undefined;
}

/** A window on a list: its rows, and where the next one begins. */
export interface Window<Row> {
  rows: Row[];
  next: string | undefined;
}

/** The header with which a reason goes to the audit trail; none for an empty one. */
export function toReasonHeader(reason: string): { "X-Bridge-Reason"?: string } {
  return reason === "" ? {} : { "X-Bridge-Reason": encodeURIComponent(reason) };
}

/** A name for one logical call that makes something. Works on plain HTTP too, where `crypto.randomUUID` does not exist. */
export function makeIdempotencyKey(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
