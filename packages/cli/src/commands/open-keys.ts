import type { Key, KeyCreate, KeyCreated, SignInLink, SignInLinkCreate } from "@bridgekit/client";
import type { ApiKey } from "@bridgekit/server";
import type { CommandIo } from "../command-io.ts";
import { UsageError } from "../usage-error.ts";
import { isOverHttp, openAdministration, type AdministrationOptions } from "./open-administration.ts";
import { openBridge } from "./open-bridge.ts";

export interface KeyOptions extends AdministrationOptions {
  org?: string;
}

/** The keys of one organisation, over HTTP or on the database itself. */
export interface Keys extends AsyncDisposable {
  /** Slug of the organisation. */
  org: string;
  create(key: KeyCreate): Promise<KeyCreated>;
  list(): AsyncIterable<Key>;
  revoke(id: string): Promise<void>;
  /** Gives a key a new secret; the old one stays valid for `overlapHours`. */
  rotate(id: string, overlapHours: number): Promise<KeyCreated>;
  endOverlap(id: string): Promise<void>;
  /** Creates the token of a sign-in link. */
  createSignInLink(link: SignInLinkCreate): Promise<SignInLink>;
  /** Address of the Bridge, if it is known. */
  bridgeUrl: string | undefined;
}

const DEFAULT_ORG = "main";

export async function openKeys(options: KeyOptions, io: CommandIo): Promise<Keys> {
  return isOverHttp(options, io.env) ? openOverHttp(options, io) : openOnDatabase(options, io);
}

async function openOverHttp({ org, reason }: KeyOptions, io: CommandIo): Promise<Keys> {
  const bridge = await openBridge({ ...(reason !== undefined && { reason }) }, io);
  const own = bridge.baseUrl.slice(bridge.baseUrl.lastIndexOf("/") + 1);
  if (org !== undefined && org !== own)
    throw new UsageError(
      `BRIDGE_URL is the address of organisation "${own}"; for keys of "${org}" set its address, or use --database.`,
    );
  return {
    org: own,
    create: (key) => bridge.createKey(key),
    list: () => bridge.listKeys(),
    revoke: (id) => bridge.revokeKey(id),
    rotate: (id, overlapHours) => bridge.rotateKey(id, { overlap_hours: overlapHours }),
    endOverlap: (id) => bridge.deleteOldSecret(id),
    createSignInLink: (link) => bridge.createSignInLink(link),
    bridgeUrl: bridge.baseUrl.replace(/\/org\/[^/]+\/?$/, ""),
    [Symbol.asyncDispose]: async () => undefined,
  };
}

async function openOnDatabase({ org = DEFAULT_ORG, ...options }: KeyOptions, io: CommandIo): Promise<Keys> {
  const administration = await openAdministration(options, io.env);
  return {
    org,
    async create({ name, role, app_ids = null, expires_in_days = null }) {
      const limits = { appIds: app_ids, expiresInDays: expires_in_days };
      const { key, ...made } = await administration.createKey({ org, name, role, ...limits });
      return { ...toWire(made), key };
    },
    async *list() {
      yield* (await administration.listKeys(org)).map(toWire);
    },
    revoke: (id) => administration.revokeKey(id),
    async rotate(id, overlapHours) {
      const { key, ...rotated } = await administration.rotateKey(id, { overlapHours });
      return { ...toWire(rotated), key };
    },
    endOverlap: (id) => administration.endKeyOverlap(id),
    async createSignInLink(link) {
      const { token, expiresAt } = await administration.createSignInLink({ org, ...link });
      return { token, expires_at: expiresAt.toISOString() };
    },
    bridgeUrl: undefined,
    [Symbol.asyncDispose]: () => administration[Symbol.asyncDispose](),
  };
}

/** Converts a key to the form that the API returns. */
function toWire({ id, name, role, appIds, createdAt, expiresAt, revokedAt, lastUsedAt, oldSecret }: ApiKey): Key {
  return {
    id,
    name,
    role,
    app_ids: appIds === null ? null : [...appIds],
    created_at: createdAt.toISOString(),
    expires_at: expiresAt?.toISOString() ?? null,
    revoked_at: revokedAt?.toISOString() ?? null,
    last_used_at: lastUsedAt?.toISOString() ?? null,
    old_secret: oldSecret && {
      expires_at: oldSecret.expiresAt.toISOString(),
      last_used_at: oldSecret.lastUsedAt?.toISOString() ?? null,
    },
  };
}
