import { GROUP } from "../base-groups.ts";
import type { OdooDatabase } from "../database.ts";
import { notOffered } from "../errors.ts";
import { stored, type Model } from "../model.ts";
import type { ApiKeyRow } from "../state.ts";
import { Table } from "../table.ts";

const refuse = () => {
  throw notOffered("A change of res.users.apikeys");
};

/** res.users.apikeys: users see their own keys, an administrator all; the key itself is not a field. */
export function apiKeyModel(db: OdooDatabase, keys: readonly ApiKeyRow[]): Model<ApiKeyRow> {
  return {
    name: "res.users.apikeys",
    title: "Users API Keys",
    table: new Table(keys, 1),
    defaultOrder: "id",
    access: { read: [GROUP.user], write: [], create: [], unlink: [] },
    isVisible: (key, userId) =>
      key.user_id === userId || db.closure(db.users.get(userId)?.group_ids ?? []).includes(GROUP.administrator),
    fields: {
      ...stored<ApiKeyRow>("id", "integer"),
      ...stored<ApiKeyRow>("name", "char"),
      ...stored<ApiKeyRow>("user_id", "many2one", "res.users"),
      ...stored<ApiKeyRow>("scope", "char"),
      ...stored<ApiKeyRow>("expiration_date", "datetime"),
      ...stored<ApiKeyRow>("create_date", "datetime"),
    },
    create: refuse,
    write: refuse,
    unlink: refuse,
  };
}
