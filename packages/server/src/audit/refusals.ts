import type { Kysely } from "kysely";
import type { Logger } from "pino";
import type { Tables } from "../database/schema.ts";
import type { OperationId } from "../http/operation.ts";
import type { VerifiedKey } from "../keys/authenticate.ts";
import { toLoggable } from "../loggable-error.ts";
import { toLoggablePath } from "../operations/loggable-path.ts";
import { insertEntry } from "./insert-entry.ts";

/** A refused call of a key. */
export interface RefusedCall {
  key: Pick<VerifiedKey, "id" | "name" | "orgId">;
  operation: OperationId;
  status: number;
  /** The path of its URL. */
  path: string;
  requestId: string;
}

/** The calls that one entry of the audit trail counts. */
interface Window {
  id: string;
  since: number;
  count: number;
  lastAt: Date;
  /** Whether the stored entry is older than this. */
  isStale: boolean;
}

const WINDOW_MS = 60 * 60 * 1000;
const FLUSH_INTERVAL_MS = 60 * 1000;
const UUID = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/gi;
const APP_ID = /\/apps\/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})(?:\/|$)/i;

/**
 * Stores refused calls in the audit trail. The first of a kind is stored before the response; those within the next
 * hour are counted, and the count is stored once a minute. So a misused key fills neither the disk nor the database's
 * time: it leaves one entry per operation, status, hour and process.
 */
export class Refusals {
  readonly #database: Kysely<Tables>;
  readonly #now: () => Date;
  readonly #logger: Logger;
  readonly #windows = new Map<string, Promise<Window | undefined>>();
  readonly #timer: NodeJS.Timeout;

  constructor(database: Kysely<Tables>, { now, logger }: { now: () => Date; logger: Logger }) {
    this.#database = database;
    this.#now = now;
    this.#logger = logger;
    this.#timer = setInterval(() => void this.flush(), FLUSH_INTERVAL_MS).unref();
  }

  async keep(call: RefusedCall): Promise<void> {
    const kind = `${call.key.id} ${call.operation} ${call.status}`;
    const at = this.#now();
    const open = this.#windows.get(kind);
    const window = await open;
    if (window !== undefined && at.getTime() - window.since < WINDOW_MS) {
      window.count++;
      window.lastAt = at;
      window.isStale = true;
      return;
    }
    // Another call of the kind may have opened the next window meanwhile.
    if (this.#windows.get(kind) !== open) return this.keep(call);
    const next = this.#open(call, at);
    this.#windows.set(kind, next);
    await next;
    if (window !== undefined) await this.#write(window);
  }

  /** Stores the counts and removes windows that are over. */
  async flush(): Promise<void> {
    for (const [kind, opening] of this.#windows) {
      const window = await opening;
      if (window !== undefined) await this.#write(window);
      const isOver = window === undefined || this.#now().getTime() - window.since >= WINDOW_MS;
      if (isOver && this.#windows.get(kind) === opening) this.#windows.delete(kind);
    }
  }

  async close(): Promise<void> {
    clearInterval(this.#timer);
    await this.flush();
  }

  async #open({ key, operation, status, path, requestId }: RefusedCall, at: Date): Promise<Window | undefined> {
    const place = await this.#attempt(() => this.#findPlace(key.orgId, path, status));
    if (place === undefined) return undefined;
    const entry = {
      org_id: key.orgId,
      at,
      key_id: key.id,
      key_name: key.name,
      operation,
      ...place,
      status,
      request_id: requestId,
      refused_at: at,
    };
    const id = await this.#attempt(() => insertEntry(this.#database, entry));
    return id === undefined ? undefined : { id, since: at.getTime(), count: 1, lastAt: at, isStale: false };
  }

  /**
   * After a 403 the path is unchecked and may contain anything, for example ids of others; after a 409 it is checked.
   */
  async #findPlace(orgId: string, address: string, status: number): Promise<{ path: string; app_id: string | null }> {
    const path = toLoggablePath(address.replace(/^\/org\/[^/]+/, ""));
    const [, named] = APP_ID.exec(path) ?? [];
    const app =
      named === undefined
        ? undefined
        : await this.#database
            .selectFrom("apps")
            .select("id")
            .where("id", "=", named)
            .where("org_id", "=", orgId)
            .executeTakeFirst();
    const isFound = (id: string) => status === 409 || id.toLowerCase() === app?.id;
    return { path: path.replaceAll(UUID, (id) => (isFound(id) ? id : "*")), app_id: app?.id ?? null };
  }

  async #write(window: Window): Promise<void> {
    if (!window.isStale) return;
    window.isStale = false;
    const { id, count, lastAt } = window;
    await this.#attempt(() =>
      this.#database
        .updateTable("audit_entries")
        .set({ refusals: count, refused_at: lastAt })
        .where("id", "=", id)
        .execute(),
    );
  }

  /** The call stays refused, whether or not it could be stored. */
  async #attempt<T>(write: () => Promise<T>): Promise<T | undefined> {
    try {
      return await write();
    } catch (error) {
      this.#logger.error({ error: toLoggable(error) }, "refused calls could not be stored");
      return undefined;
    }
  }
}
