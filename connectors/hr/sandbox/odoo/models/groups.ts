import { GROUP } from "../base-groups.ts";
import type { OdooDatabase } from "../database.ts";
import { userError } from "../errors.ts";
import { computed, stored, type Model } from "../model.ts";
import type { GroupRow } from "../state.ts";
import { requireValue, toColumns } from "../values.ts";

const ACCESS_RIGHTS = [GROUP.accessRights];

/** res.groups: what an account may do; groups imply groups. */
export function groupModel(db: OdooDatabase): Model<GroupRow> {
  const title = (group: GroupRow) => db.label("res.groups", group.id) ?? group.name;
  const model: Model<GroupRow> = {
    name: "res.groups",
    title: "Access Groups",
    table: db.groups,
    defaultOrder: "privilege_id,name,id",
    access: { read: [GROUP.user], write: ACCESS_RIGHTS, create: ACCESS_RIGHTS, unlink: ACCESS_RIGHTS },
    fields: {
      ...stored<GroupRow>("id", "integer"),
      ...stored<GroupRow>("name", "char"),
      ...computed<GroupRow>("full_name", "char", title),
      ...computed<GroupRow>("display_name", "char", title),
      ...stored<GroupRow>("privilege_id", "many2one", "res.groups.privilege"),
      ...stored<GroupRow>("share", "boolean"),
      ...stored<GroupRow>("comment", "char"),
      implied_ids: {
        ...stored<GroupRow>("implied_ids", "many2many", "res.groups").implied_ids!,
        value: (group) => db.inGroupOrder(group.implied_ids),
      },
      ...stored<GroupRow>("write_date", "datetime"),
    },
    create: (valuesList, scope) => {
      const now = db.timestamp();
      const rows = valuesList.map((values): Omit<GroupRow, "id"> => {
        const columns = toColumns(db, model, values, scope);
        requireValue(model, columns, "name", "Name");
        return {
          privilege_id: false,
          share: false,
          comment: false,
          implied_ids: [],
          ...columns,
          name: columns.name!,
          write_date: now,
        };
      });
      const ids = rows.map((row) => db.groups.insert(row).id);
      db.groupsChanged();
      return ids;
    },
    write: (ids, values, scope) => {
      for (const id of ids) {
        const columns = toColumns(db, model, values, scope, db.groups.get(id));
        db.groups.update(id, { ...columns, write_date: db.timestamp() });
      }
      db.groupsChanged();
    },
    unlink: () => {
      throw userError("The sandbox does not delete groups.");
    },
  };
  return model;
}
