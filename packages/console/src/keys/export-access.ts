import type { Key, User } from "@bridgekit/client";
import { keysQuery, usersQuery } from "../api/access-queries.ts";
import { collect, type ExportColumns } from "../api/collect.ts";
import { queryClient } from "../api/query-client.ts";
import type { ExportFormat } from "../components/export-buttons.tsx";
import type { Session } from "../session/session.ts";

const KEY_COLUMNS: ExportColumns<Key> = {
  id: ({ id }) => id,
  name: ({ name }) => name,
  role: ({ role }) => role,
  app_ids: ({ app_ids }) => app_ids?.join("; ") ?? "all",
  created_at: ({ created_at }) => created_at,
  expires_at: ({ expires_at }) => expires_at,
  revoked_at: ({ revoked_at }) => revoked_at,
  last_used_at: ({ last_used_at }) => last_used_at,
};

const USER_COLUMNS: ExportColumns<User> = {
  id: ({ id }) => id,
  name: ({ name }) => name,
  email: ({ email }) => email,
  role: ({ role }) => role,
  created_at: ({ created_at }) => created_at,
  last_signed_in_at: ({ last_signed_in_at }) => last_signed_in_at,
  disabled_at: ({ disabled_at }) => disabled_at,
};

/** All keys, without their secrets, as a file. */
export function exportKeys(session: Session, format: ExportFormat): Promise<Blob> {
  const readWindow = (cursor: string | undefined) =>
    queryClient.fetchQuery({ ...keysQuery(session, { cursor }), gcTime: 0 });
  return collect(readWindow, KEY_COLUMNS, format);
}

/** Everybody who signs in, as a file. */
export function exportUsers(session: Session, format: ExportFormat): Promise<Blob> {
  const readWindow = (cursor: string | undefined) =>
    queryClient.fetchQuery({ ...usersQuery(session, { cursor }), gcTime: 0 });
  return collect(readWindow, USER_COLUMNS, format);
}
