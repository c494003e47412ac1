import type { ApiKey, Role } from "@bridgekit/server";
import { toTable } from "../output/to-table.ts";
import { openAdministration, type AdministrationOptions } from "./open-administration.ts";

interface CreateOptions extends AdministrationOptions {
  org: string;
  name: string;
  role: Role;
  /** Ids of apps. */
  app?: string[];
  expires?: 7 | 30 | 90;
}

/** `bridgekit key create`: makes an API key and shows it, once. */
export async function createKey({ org, name, role, app, expires, json, ...options }: CreateOptions): Promise<void> {
  await using administration = await openAdministration(options);
  const limits = { appIds: app ?? null, expiresInDays: expires ?? null };
  const { key, ...made } = await administration.createKey({ org, name, role, ...limits });
  if (json) console.log(JSON.stringify({ ...toJson(made, org), key }));
  else console.log(`Key ${made.id} of organisation ${org}, shown only now: ${key}`);
}

/** `bridgekit key list`: the keys of an organisation, newest first. */
export async function listKeys({ org, json, ...options }: AdministrationOptions & { org: string }): Promise<void> {
  await using administration = await openAdministration(options);
  const keys = await administration.listKeys(org);
  if (json) for (const key of keys) console.log(JSON.stringify(toJson(key, org)));
  else console.log(toTable(["id", "name", "role", "state", "created", "expires", "apps"], keys.map(toRow)));
}

/** `bridgekit key revoke`: from then on the key answers 403. */
export async function revokeKey(id: string, { json, ...options }: AdministrationOptions): Promise<void> {
  await using administration = await openAdministration(options);
  await administration.revokeKey(id);
  if (json) console.log(JSON.stringify({ id, revoked: true }));
  else console.log(`Key ${id} is revoked.`);
}

function toRow({ id, name, role, appIds, createdAt, expiresAt, revokedAt }: ApiKey): string[] {
  const state = revokedAt ? "revoked" : expiresAt && expiresAt <= new Date() ? "expired" : "active";
  const day = (date: Date) => date.toISOString().slice(0, 10);
  return [id, name, role, state, day(createdAt), expiresAt ? day(expiresAt) : "never", appIds?.join(" ") ?? "all"];
}

/** As the Bridge itself answers a key, and its organisation. */
function toJson({ id, name, role, appIds, createdAt, expiresAt, revokedAt }: ApiKey, org: string) {
  return { id, org, name, role, app_ids: appIds, created_at: createdAt, expires_at: expiresAt, revoked_at: revokedAt };
}
