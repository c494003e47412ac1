import { HttpError } from "./http-error.ts";

/** Of one organisation: several of the largest responses. */
const MOST_BYTES = 64 * 1024 * 1024;
/** The operating system keeps smaller ones. */
const SMALL_BYTES = 16 * 1024;

/** Limits the bytes of responses that wait in memory for clients that do not read them. */
export class UnreadResponses {
  readonly #most: number;
  readonly #unread = new Map<string, number>();

  constructor({ most = MOST_BYTES }: { most?: number } = {}) {
    this.#most = most;
  }

  /**
   * Counts a response, or a part of a stream, and returns a function to call once it was read. An organisation of which
   * nothing waits may always have one.
   *
   * @throws HttpError 503 if too much waits already.
   */
  take(orgId: string, bytes: number): () => void {
    if (bytes < SMALL_BYTES) return () => {};
    const before = this.#unread.get(orgId) ?? 0;
    if (before > 0 && before + bytes > this.#most)
      throw new HttpError(
        503,
        "Too many responses wait for the organisation's clients to read them; read them, or ask for fewer at a time.",
        { "retry-after": "1" },
      );
    this.#unread.set(orgId, before + bytes);
    let isRead = false;
    return () => {
      if (isRead) return;
      isRead = true;
      const left = (this.#unread.get(orgId) ?? bytes) - bytes;
      if (left === 0) this.#unread.delete(orgId);
      else this.#unread.set(orgId, left);
    };
  }
}
