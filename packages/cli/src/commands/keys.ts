import type { Key, KeyCreate } from "@bridgekit/client";
import type { CommandIo } from "../command-io.ts";
import { printRows, type Column } from "../output/print-rows.ts";
import { openKeys, type KeyOptions } from "./open-keys.ts";

interface CreateOptions extends KeyOptions {
  name: string;
  role: KeyCreate["role"];
  /** Ids of apps. */
  app?: string[];
  expires?: 7 | 30 | 90;
}

const COLUMNS: readonly Column<Key>[] = [
  { title: "id", of: ({ id }) => id },
  { title: "name", of: ({ name }) => name, shrinks: true },
  { title: "role", of: ({ role }) => role },
  { title: "state", of: toState },
  { title: "created", of: ({ created_at }) => created_at.slice(0, 10) },
  { title: "expires", of: ({ expires_at }) => expires_at?.slice(0, 10) ?? "never" },
  { title: "apps", of: ({ app_ids }) => app_ids?.join(" ") ?? "all", shrinks: true },
];

/** `bridgekit keys create`: creates an API key and shows it, once. */
export async function createKey({ name, role, app, expires, json, ...options }: CreateOptions, io: CommandIo) {
  await using keys = await openKeys(options, io);
  const limits = { app_ids: app ?? null, expires_in_days: expires ?? null };
  const { key, ...made } = await keys.create({ name, role, ...limits });
  if (json) io.print(JSON.stringify({ ...made, org: keys.org, key }));
  else io.print(`Key ${made.id} of organisation ${keys.org}, shown only now: ${key}`);
}

/** `bridgekit keys list`: the keys of an organisation, newest first. */
export async function listKeys({ json, ...options }: KeyOptions, io: CommandIo): Promise<void> {
  await using keys = await openKeys(options, io);
  const withOrg = async function* () {
    for await (const key of keys.list()) yield { ...key, org: keys.org };
  };
  await printRows(withOrg(), COLUMNS, { json, limit: Infinity }, io);
}

/** `bridgekit keys revoke`: from then on the key is refused with 403. */
export async function revokeKey(id: string, { json, ...options }: KeyOptions, io: CommandIo): Promise<void> {
  await using keys = await openKeys(options, io);
  await keys.revoke(id);
  if (json) io.print(JSON.stringify({ id, revoked: true }));
  else io.print(`Key ${id} is revoked.`);
}

function toState({ revoked_at, expires_at }: Key): string {
  if (revoked_at) return "revoked";
  return expires_at && new Date(expires_at) <= new Date() ? "expired" : "active";
}
