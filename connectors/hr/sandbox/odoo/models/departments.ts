import { GROUP } from "../base-groups.ts";
import type { OdooDatabase } from "../database.ts";
import { userError } from "../errors.ts";
import { computed, stored, type Model } from "../model.ts";
import type { DepartmentRow } from "../state.ts";
import { requireValue, toColumns } from "../values.ts";

const HR = [GROUP.employeeOfficer];

/** hr.department: the tree that employees belong to. */
export function departmentModel(db: OdooDatabase): Model<DepartmentRow> {
  const path = (department: DepartmentRow) => db.label("hr.department", department.id) ?? false;
  const model: Model<DepartmentRow> = {
    name: "hr.department",
    title: "Department",
    table: db.departments,
    defaultOrder: "name",
    isVisible: (department, userId) => db.isInCompanyOf(userId, department.company_id),
    access: { read: [GROUP.user], write: HR, create: HR, unlink: HR },
    fields: {
      ...stored<DepartmentRow>("id", "integer"),
      ...stored<DepartmentRow>("name", "char"),
      ...computed<DepartmentRow>("complete_name", "char", path),
      ...computed<DepartmentRow>("display_name", "char", path),
      ...stored<DepartmentRow>("parent_id", "many2one", "hr.department"),
      ...stored<DepartmentRow>("manager_id", "many2one", "hr.employee"),
      ...stored<DepartmentRow>("company_id", "many2one", "res.company"),
      ...stored<DepartmentRow>("active", "boolean"),
      ...stored<DepartmentRow>("write_date", "datetime"),
    },
    create: (valuesList, scope) => {
      const now = db.timestamp();
      const rows = valuesList.map((values): Omit<DepartmentRow, "id"> => {
        const columns = toColumns(db, model, values, scope);
        requireValue(model, columns, "name", "Department Name");
        return {
          parent_id: false,
          manager_id: false,
          company_id: db.users.get(scope.userId)!.company_id,
          active: true,
          ...columns,
          name: columns.name!,
          write_date: now,
        };
      });
      return rows.map((row) => db.departments.insert(row).id);
    },
    write: (ids, values, scope) => {
      const columns = toColumns(db, model, values, scope);
      for (const id of ids) db.departments.update(id, { ...columns, write_date: db.timestamp() });
    },
    unlink: () => {
      throw userError("The sandbox does not delete departments; archive them.");
    },
  };
  return model;
}
