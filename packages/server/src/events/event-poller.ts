import type { Kysely } from "kysely";
import type { Tables } from "../database/schema.ts";
import type { EventHub } from "./event-hub.ts";

const INTERVAL_MS = 1_000;

/** Checks every second whether anything happened in the organisations that have listeners. */
export class EventPoller {
  readonly #database: Kysely<Tables>;
  readonly #hub: EventHub;
  readonly #sequences = new Map<string, number>();
  readonly #onOrgDeleted: (orgId: string) => void;
  readonly #timer: NodeJS.Timeout;
  #running: Promise<void> | undefined;

  constructor(
    database: Kysely<Tables>,
    hub: EventHub,
    { onOrgDeleted, onError }: { onOrgDeleted: (orgId: string) => void; onError: (error: unknown) => void },
  ) {
    this.#database = database;
    this.#hub = hub;
    this.#onOrgDeleted = onOrgDeleted;
    this.#timer = setInterval(() => {
      this.#running ??= this.#look()
        .catch(onError)
        .finally(() => (this.#running = undefined));
    }, INTERVAL_MS);
    this.#timer.unref();
  }

  /** Resolves once everything from now on will be noticed. */
  async watch(orgId: string): Promise<void> {
    if (this.#sequences.has(orgId)) return;
    for (const [id, sequence] of await this.#read([orgId])) {
      if (!this.#sequences.has(id)) this.#sequences.set(id, sequence);
    }
  }

  async close(): Promise<void> {
    clearInterval(this.#timer);
    await this.#running;
  }

  async #look(): Promise<void> {
    const watched = new Set(this.#hub.orgIds());
    for (const orgId of this.#sequences.keys()) if (!watched.has(orgId)) this.#sequences.delete(orgId);
    const orgIds = [...this.#sequences.keys()];
    if (orgIds.length === 0) return;
    const found = new Map(await this.#read(orgIds));
    for (const orgId of orgIds) if (!found.has(orgId)) this.#forget(orgId);
    for (const [orgId, sequence] of found) {
      if (this.#sequences.get(orgId) === sequence) continue;
      this.#sequences.set(orgId, sequence);
      this.#hub.notify(orgId);
    }
  }

  #forget(orgId: string): void {
    this.#sequences.delete(orgId);
    this.#onOrgDeleted(orgId);
  }

  async #read(orgIds: string[]): Promise<[orgId: string, sequence: number][]> {
    const rows = await this.#database
      .selectFrom("orgs")
      .select(["id", "event_sequence"])
      .where("id", "in", orgIds)
      .execute();
    return rows.map(({ id, event_sequence }) => [id, event_sequence]);
  }
}
