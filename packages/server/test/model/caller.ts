import type { CallResponse, Call } from "./state.ts";

/** Sends a request to a Bridge; the path begins behind `/bridge`. */
export type Send = (method: string, path: string, body?: unknown) => Promise<{ status: number; body: any }>;

/** Makes calls of the model, and extracts from the responses what the protocol determines. */
export class Caller {
  readonly #send: Send;
  /** The Bridge's ids by the names of the model. */
  readonly #ids = new Map<string, string>();

  constructor(send: Send) {
    this.#send = send;
  }

  /** Whether the Bridge has returned an id for the name: a session whose start was lost cannot be named. */
  knows(name: string): boolean {
    return this.#ids.has(name);
  }

  idOf(name: string): string {
    const id = this.#ids.get(name);
    if (id === undefined) throw new Error(`Nothing has the name ${name}.`);
    return id;
  }

  async make(call: Call): Promise<CallResponse> {
    switch (call.do) {
      case "create app": {
        const cloneOf = call.cloneOf === undefined ? {} : { clone_from: this.idOf(call.cloneOf) };
        const { status, body } = await this.#send("POST", "/apps/", { name: call.app, ...cloneOf });
        if (status === 201) this.#ids.set(call.app, body.id);
        return status === 201 ? { status, body: readApp(body) } : { status };
      }
      case "start": {
        const { status, body } = await this.#send("POST", `${this.#app(call)}sync/`);
        if (status === 201) this.#ids.set(call.session, body.sync_id);
        return { status };
      }
      case "register type": {
        const type = { slug: call.slug, name: call.slug, type: call.kind };
        const { status } = await this.#send("POST", `${this.#app(call)}resource-types/`, type);
        return { status };
      }
      case "set guard": {
        const { status, body } = await this.#send("PATCH", this.#app(call), { removal_guard: call.guard });
        return status === 200 ? { status, body: readApp(body) } : { status };
      }
      case "read app": {
        const { status, body } = await this.#send("GET", this.#app(call));
        return status === 200 ? { status, body: readApp(body) } : { status };
      }
      case "read records":
        return this.#readRecords(`${this.#app(call)}records/${call.slug}/`);
      case "push": {
        const { slug, records } = call.page;
        const { status, body } = await this.#send("PUT", `${this.#session(call)}${slug}/`, { records });
        return status === 200 ? { status, body } : { status };
      }
      case "complete":
      case "confirm": {
        const { status, body } = await this.#send("POST", `${this.#session(call)}${call.do}/`);
        return status === 202 ? { status, body: { status: body.status } } : { status };
      }
      case "abandon":
      case "discard": {
        const { status } = await this.#send("POST", `${this.#session(call)}${call.do}/`);
        return { status };
      }
      case "read session": {
        const { status, body } = await this.#send("GET", this.#session(call));
        return status === 200 ? { status, body: readSession(body) } : { status };
      }
    }
  }

  #app({ app }: Call): string {
    return `/apps/${this.idOf(app)}/`;
  }

  #session(call: Extract<Call, { session: string }>): string {
    return `${this.#app(call)}sync/${this.idOf(call.session)}/`;
  }

  async #readRecords(path: string): Promise<CallResponse> {
    const records: object[] = [];
    for (let next: string | null = `${path}?limit=500`; next !== null;) {
      const { status, body } = await this.#send("GET", next);
      if (status !== 200) return { status };
      for (const { removed_at, ...record } of body.records)
        records.push({ ...record, is_removed: removed_at !== null });
      next = body.next === null ? null : body.next.slice(body.next.indexOf("/apps/"));
    }
    return { status: 200, body: records };
  }
}

function readApp({ configuration_status, last_synced_at, removal_guard }: any): object {
  return { configuration_status, is_synced: last_synced_at !== null, removal_guard };
}

function readSession({ status, progress, error }: any): object {
  const counts = progress.map(({ slug, synced_count: synced, created, updated, removed, ...refs }: any) => {
    const { refs_gained: gained, refs_lost: lost } = refs;
    return [slug, created === undefined ? { synced } : { synced, created, updated, removed, gained, lost }];
  });
  const fault =
    error === undefined ? {} : { error_code: error.error_code, message: error.message, ...readLosses(error) };
  return { status, progress: Object.fromEntries(counts), ...fault };
}

function readLosses({ losses }: any): object {
  if (losses === undefined) return {};
  return {
    losses: Object.fromEntries(losses.map(({ slug, of, live, lost }: any) => [`${of} ${slug}`, { live, lost }])),
  };
}
