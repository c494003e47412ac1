import { randomUUID } from "node:crypto";
import type { components } from "@bridgekit/client";
import type { Bridge, Role } from "../../src/index.ts";

type Schemas = components["schemas"];
export type Progress = Schemas["SyncProgress"];

export interface ApiResponse<Body = any> {
  status: number;
  body: Body;
  headers: Headers;
}

export const TYPES = [
  { slug: "account", name: "Employee", type: "account" },
  { slug: "team", name: "Team", type: "group" },
  { slug: "seat", name: "Seat", type: "license" },
] as const;

export type Api = Awaited<ReturnType<typeof createApi>>;

interface CallerOptions {
  role?: Role;
  org?: string;
  appIds?: readonly string[] | null;
  /** An existing one, instead of a new one. */
  key?: string;
}

/** A caller with a new key, in a new organisation unless one is given. */
export async function createApi(
  bridge: Bridge,
  { role = "admin", org, appIds = null, key: given }: CallerOptions = {},
) {
  const slug = org ?? `org-${randomUUID()}`;
  if (org === undefined) await bridge.createOrg(slug);
  const { id, key } =
    given === undefined
      ? await bridge.createKey({ org: slug, name: "test", role, appIds })
      : { id: given.split("_")[1] ?? "", key: given };
  const base = `http://bridge.test/org/${slug}/api/v1/bridge`;

  async function send<Body = any>(method: string, path: string, init: RequestInit = {}): Promise<ApiResponse<Body>> {
    const address = path.startsWith("http") ? path : `${base}${path}`;
    const headers = { authorization: `Api-Key ${key}`, ...(init.headers as object) };
    const response = await bridge.fetch(new Request(address, { ...init, method, headers }));
    const text = await response.text();
    return { status: response.status, body: text === "" ? undefined : JSON.parse(text), headers: response.headers };
  }

  function call<Body = any>(method: string, path: string, body?: unknown): Promise<ApiResponse<Body>> {
    if (body === undefined) return send(method, path);
    return send(method, path, { body: JSON.stringify(body), headers: { "content-type": "application/json" } });
  }

  const api = {
    slug,
    base,
    keyId: id,
    key,
    send,
    call,

    /** An app with an account, a group and a license type; returns its id. */
    async createApp({ types = TYPES, guard }: { types?: readonly Schemas["ResourceType"][]; guard?: null } = {}) {
      const { body: app } = await call<Schemas["App"]>("POST", "/apps/", { name: "HR" });
      for (const type of types) await call("POST", `/apps/${app.id}/resource-types/`, type);
      if (guard === null) await call("PATCH", `/apps/${app.id}/`, { removal_guard: null });
      return app.id;
    },

    async start(appId: string): Promise<string> {
      const { body } = await call<Schemas["SyncStarted"]>("POST", `/apps/${appId}/sync/`);
      return body.sync_id;
    },

    push: (appId: string, syncId: string, slug: string, records: unknown) =>
      call("PUT", `/apps/${appId}/sync/${syncId}/${slug}/`, { records }),

    complete: (appId: string, syncId: string) => call("POST", `/apps/${appId}/sync/${syncId}/complete/`),
    abandon: (appId: string, syncId: string) => call("POST", `/apps/${appId}/sync/${syncId}/abandon/`),

    async session(appId: string, syncId: string): Promise<Schemas["SyncSession"]> {
      const { body } = await call("GET", `/apps/${appId}/sync/${syncId}/`);
      return body;
    },

    /** A whole session: pages in the given order, then its end, then its reconciliation. */
    async sync(
      appId: string,
      pages: readonly (readonly [slug: string, records: readonly object[]])[],
      end: "complete" | "abandon" = "complete",
    ) {
      const syncId = await api.start(appId);
      for (const [slug, records] of pages) {
        const { status, body } = await api.push(appId, syncId, slug, records);
        if (status !== 200) throw new Error(`push ${slug}: ${status} ${body.detail}`);
      }
      await api[end](appId, syncId);
      await bridge.whenReconciled();
      return api.session(appId, syncId);
    },

    /** Live records, by id. */
    async records(appId: string, slug: string): Promise<Schemas["LiveRecord"][]> {
      const { body } = await call("GET", `/apps/${appId}/records/${slug}/?limit=500`);
      return body.records;
    },

    /** The same records as they were pushed. */
    async data(appId: string, slug: string): Promise<Schemas["RecordData"][]> {
      return (await api.records(appId, slug)).map(({ data }) => data);
    },

    /** Ids of the active records of a type. */
    async activeIds(appId: string, slug: string): Promise<string[]> {
      const records = await api.records(appId, slug);
      return records.filter(({ removed_at }) => removed_at === null).map(({ data }) => data.id);
    },
  };
  return api;
}

/** `count` accounts with ids from `first`. */
export function accounts(count: number, first = 0): { id: string; email: string }[] {
  return Array.from({ length: count }, (_, index) => ({
    id: `u${first + index}`,
    email: `u${first + index}@example.com`,
  }));
}

/** What a session shows for one type. */
export function progressOf({ progress }: Schemas["SyncSession"], slug: string): Progress | undefined {
  return progress.find((entry) => entry.slug === slug);
}
