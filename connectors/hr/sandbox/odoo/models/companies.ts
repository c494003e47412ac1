import { GROUP } from "../base-groups.ts";
import type { OdooDatabase } from "../database.ts";
import { notOffered } from "../errors.ts";
import { computed, stored, type Model } from "../model.ts";
import type { CompanyRow } from "../state.ts";

const refuse = () => {
  throw notOffered("A change of res.company");
};

/**
 * res.company: an employee belongs to one, a department to one or all. Users see their own companies; users with Access Rights
 * see all of them, but not their employees (base/security/base_security.xml, `company rule ...`).
 */
export function companyModel(db: OdooDatabase): Model<CompanyRow> {
  return {
    name: "res.company",
    title: "Companies",
    table: db.companies,
    defaultOrder: "name",
    access: { read: [GROUP.user], write: [GROUP.accessRights], create: [GROUP.accessRights], unlink: [] },
    isVisible: (company, userId) =>
      db.closure(db.users.get(userId)?.group_ids ?? []).includes(GROUP.accessRights) ||
      db.isInCompanyOf(userId, company.id),
    fields: {
      ...stored<CompanyRow>("id", "integer"),
      ...stored<CompanyRow>("name", "char"),
      ...computed<CompanyRow>("display_name", "char", (company) => company.name),
      ...stored<CompanyRow>("active", "boolean"),
    },
    create: refuse,
    write: refuse,
    unlink: refuse,
  };
}
