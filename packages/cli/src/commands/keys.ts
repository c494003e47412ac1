import type { Key, KeyCreate } from "@bridgekit/client";
import type { CommandIo } from "../command-io.ts";
import { printRows, toMoment, type Column } from "../output/print-rows.ts";
import { UsageError } from "../usage-error.ts";
import { openKeys, type KeyOptions } from "./open-keys.ts";

interface CreateOptions extends KeyOptions {
  name: string;
  role: KeyCreate["role"];
  /** Ids of apps. */
  app?: string[];
  /** Only the apps that the key creates. */
  ownApps?: boolean;
  allApps?: boolean;
  expires?: 7 | 30 | 90;
}

const COLUMNS: readonly Column<Key>[] = [
  { title: "id", of: ({ id }) => id },
  { title: "name", of: ({ name }) => name, shrinks: true },
  { title: "role", of: ({ role }) => role },
  { title: "state", of: toState },
  { title: "created", of: ({ created_at }) => created_at.slice(0, 10) },
  { title: "expires", of: ({ expires_at }) => expires_at?.slice(0, 10) ?? "never" },
  { title: "last used (UTC)", of: ({ last_used_at }) => toMoment(last_used_at) ?? "never" },
  { title: "apps", of: toApps, shrinks: true },
];

/** `bridgekit keys create`: creates an API key and shows it, once. */
export async function createKey(options: CreateOptions, io: CommandIo) {
  const { name, role, expires, json } = options;
  const limits = { app_ids: toAppIds(options), expires_in_days: expires ?? null };
  await using keys = await openKeys(options, io);
  const { key, ...made } = await keys.create({ name, role, ...limits });
  if (json) io.print(JSON.stringify({ ...made, org: keys.org, key }));
  else io.print(`Key ${made.id} of organisation ${keys.org} (shown only once): ${key}`);
}

/** `bridgekit keys list`: the keys of an organisation, newest first. */
export async function listKeys({ json, ...options }: KeyOptions, io: CommandIo): Promise<void> {
  await using keys = await openKeys(options, io);
  const withOrg = async function* () {
    for await (const key of keys.list()) yield { ...key, org: keys.org };
  };
  await printRows(withOrg(), COLUMNS, { json, limit: Infinity }, io);
}

/** `bridgekit keys revoke`: revokes a key, which gets 403 from then on. */
export async function revokeKey(id: string, { json, ...options }: KeyOptions, io: CommandIo): Promise<void> {
  await using keys = await openKeys(options, io);
  await keys.revoke(id);
  if (json) io.print(JSON.stringify({ id, revoked: true }));
  else io.print(`Key ${id} is revoked.`);
}

/** `bridgekit keys rotate`: gives a key a new secret and shows it, once. */
export async function rotateKey(id: string, options: KeyOptions & { overlap: number }, io: CommandIo): Promise<void> {
  const { overlap, json } = options;
  await using keys = await openKeys(options, io);
  const { key, ...rotated } = await keys.rotate(id, overlap);
  if (json) return io.print(JSON.stringify({ ...rotated, org: keys.org, key }));
  io.print(`New secret of key ${id} (shown only once): ${key}`);
  const until = rotated.old_secret?.expires_at;
  if (until === undefined) io.print("The old secret is no longer valid.");
  else
    io.print(
      `The old one is valid until ${until}; once nobody uses it, end it with \`bridgekit keys end-overlap ${id}\`.`,
    );
}

/** `bridgekit keys end-overlap`: ends the old secret of a rotated key. */
export async function endOverlap(id: string, { json, ...options }: KeyOptions, io: CommandIo): Promise<void> {
  await using keys = await openKeys(options, io);
  await keys.endOverlap(id);
  if (json) io.print(JSON.stringify({ id, old_secret: null }));
  else io.print(`The old secret of key ${id} is no longer valid.`);
}

/** Returns the apps that the key is limited to. Access to every app must be requested explicitly. */
function toAppIds({ role, app = [], ownApps = false, allApps = false }: CreateOptions): string[] | null {
  if (role !== "connector") {
    if (app.length > 0 || ownApps)
      throw new UsageError(`Only a key with --role connector can be limited to apps; the role is ${role}.`);
    return null;
  }
  if ([app.length > 0, ownApps, allApps].filter(Boolean).length !== 1)
    throw new UsageError(
      "Choose the apps of the connector's key: --app ID for each existing one, --own-apps for those that it creates " +
        "itself, such as in a first sync, or --all-apps.",
    );
  return allApps ? null : app;
}

function toApps({ app_ids }: Key): string {
  if (app_ids === null) return "all";
  return app_ids.length === 0 ? "own" : app_ids.join(" ");
}

function toState({ revoked_at, expires_at, old_secret }: Key): string {
  if (revoked_at) return "revoked";
  if (expires_at && new Date(expires_at) <= new Date()) return "expired";
  return old_secret ? "rotating" : "active";
}
