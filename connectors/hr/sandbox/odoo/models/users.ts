import { GROUP, USER_TYPE_GROUPS } from "../base-groups.ts";
import { checkAccess, hasAccess } from "../access.ts";
import type { OdooDatabase } from "../database.ts";
import { constraintError, fieldAccessError, foreignKeyError, userError, validationError } from "../errors.ts";
import { computed, stored, type Model, type Scope, type Values } from "../model.ts";
import type { UserRow } from "../state.ts";
import { companyModel } from "./companies.ts";
import { partnerModel } from "./partners.ts";
import { requireValue, toColumns } from "../values.ts";

const SUPERUSER = 1;
const ADMIN = 2;

/** res.users: the accounts. */
export function userModel(db: OdooDatabase): Model<UserRow> {
  const companies = companyModel(db);
  const model: Model<UserRow> = {
    name: "res.users",
    title: "User",
    table: db.users,
    defaultOrder: "name,login",
    access: {
      read: [GROUP.user],
      write: [GROUP.accessRights],
      create: [GROUP.accessRights],
      unlink: [GROUP.accessRights],
    },
    fields: {
      ...stored<UserRow>("id", "integer"),
      ...stored<UserRow>("login", "char"),
      ...stored<UserRow>("name", "char"),
      ...computed<UserRow>("display_name", "char", (user) => user.name),
      ...stored<UserRow>("email", "char"),
      ...stored<UserRow>("active", "boolean"),
      ...computed<UserRow>("share", "boolean", (user) => !db.isInternal(user)),
      group_ids: {
        ...stored<UserRow>("group_ids", "many2many", "res.groups", {
          troublemaker: "Unknown",
          name: "res_groups_users_rel_gid_fkey",
        }).group_ids!,
        value: (user) => db.inGroupOrder(user.group_ids),
      },
      ...computed<UserRow>("all_group_ids", "many2many", (user) => db.closure(user.group_ids), "res.groups"),
      ...computed<UserRow>("role", "selection", (user) => roleOf(db.closure(user.group_ids))),
      ...stored<UserRow>("company_id", "many2one", "res.company"),
      company_ids: {
        ...stored<UserRow>("company_ids", "many2many", "res.company").company_ids!,
        value: (user, { userId }) =>
          user.company_ids.filter((id) => companies.isVisible!(db.companies.get(id)!, userId)),
      },
      ...stored<UserRow>("tz", "selection"),
      ...stored<UserRow>("login_date", "datetime"),
      ...stored<UserRow>("create_date", "datetime"),
      ...stored<UserRow>("create_uid", "many2one", "res.users"),
      ...stored<UserRow>("write_date", "datetime"),
      ...computed<UserRow>(
        "employee_id",
        "many2one",
        (user, { activeTest, userId }) => db.employeeOf(user.id, db.users.get(userId)!.company_id, activeTest),
        "hr.employee",
      ),
    },
    create: (valuesList, scope) => createUsers(db, model, valuesList, scope),
    write: (ids, values, scope) => writeUsers(db, model, ids, values, scope),
    unlink: (ids, scope) => unlinkUsers(db, ids, scope),
    actions: {
      action_reset_password: (ids, scope) => {
        if (!hasAccess(db, model, "write", scope.userId))
          throw fieldAccessError("signup_type", "Contact (res.partner)", "Access Rights", scope.userId);
        return resetPasswords(db, ids, scope);
      },
    },
  };
  return model;
}

function createUsers(db: OdooDatabase, model: Model<UserRow>, valuesList: Values[], scope: Scope): number[] {
  // The user's contact is created along with it.
  checkAccess(db, partnerModel(), "create", scope.userId);
  const now = db.timestamp();
  const companyId = db.users.get(scope.userId)!.company_id;
  const defaults = db.inGroupOrder([GROUP.user, ...(db.groups.get(GROUP.newUserDefaults)?.implied_ids ?? [])]);
  const logins = new Set<string>();
  // Everything is checked before anything is stored: the call is one transaction.
  const rows = valuesList.map((values): Omit<UserRow, "id"> => {
    const columns = toColumns(db, model, values, scope);
    requireValue(model, columns, "login", "Login");
    if (!columns.name) throw constraintError("Contacts require a name");
    const login = columns.login!;
    if (logins.has(login)) throw duplicateLogin();
    checkLogin(db, login);
    logins.add(login);
    const groupIds = columns.group_ids ?? defaults;
    checkUserType(db, columns.name, groupIds);
    return {
      email: false,
      active: true,
      tz: false,
      company_id: companyId,
      company_ids: [columns.company_id ?? companyId],
      login_date: false,
      ...columns,
      login,
      name: columns.name,
      group_ids: groupIds,
      create_date: now,
      create_uid: scope.userId,
      write_date: now,
    };
  });
  return rows.map((row) => {
    const user = db.users.insert(row);
    if (user.email && !scope.context.no_reset_password) db.countMail(user.login, "invitation");
    return user.id;
  });
}

function writeUsers(db: OdooDatabase, model: Model<UserRow>, ids: number[], values: Values, scope: Scope): void {
  if (values.active && ids.includes(SUPERUSER)) throw userError("You cannot activate the superuser.");
  if (values.active === false && ids.includes(scope.userId)) {
    throw userError("You cannot deactivate the user you're currently logged in as.");
  }
  const changes = new Map<number, Partial<UserRow>>();
  for (const id of ids) {
    const user = db.users.get(id)!;
    const columns = toColumns(db, model, values, scope, user);
    if ("login" in columns) {
      requireValue(model, columns, "login", "Login");
      checkLogin(db, columns.login!, id);
      if (ids.length > 1) throw duplicateLogin();
    }
    if (columns.group_ids) checkUserType(db, user.name, columns.group_ids);
    changes.set(id, columns);
  }
  if ("group_ids" in values) checkAdministrators(db, changes);
  const now = db.timestamp();
  for (const [id, columns] of changes) db.users.update(id, { ...columns, write_date: now });
}

function unlinkUsers(db: OdooDatabase, ids: number[], scope: Scope): void {
  checkAccess(db, partnerModel(), "write", scope.userId);
  if (ids.includes(SUPERUSER)) {
    throw userError(
      "You can not remove the admin user as it is used internally for resources created by Odoo " +
        "(updates, module installation, ...)",
    );
  }
  if (ids.includes(ADMIN)) {
    throw userError(
      "You cannot delete the admin user because it is utilized in various places " +
        "(such as security configurations,...). Instead, archive it.",
    );
  }
  if (ids.some((id) => db.usedUserIds.has(id))) {
    throw foreignKeyError({ troublemaker: "'User' (res.users)", name: "'Responsible' (user_id)" });
  }
  // `ondelete='restrict'`: archived and hidden employees count.
  if (db.employees.rowsWhere("user_id", ids).length > 0)
    throw foreignKeyError({ troublemaker: "'Employee' (hr.employee)", name: "'User' (user_id)" });
  for (const id of ids) db.removeUser(id);
}

function resetPasswords(db: OdooDatabase, ids: number[], scope: Scope): unknown {
  checkAccess(db, partnerModel(), "write", scope.userId);
  const users = db.users.rowsWithIds(ids);
  if (users.some((user) => !user.active)) throw userError("You cannot perform this action on an archived user.");
  const unreachable = users.find((user) => !user.email);
  if (unreachable) throw userError(`Cannot send email: user ${unreachable.name} has no email address.`);
  for (const user of users) db.countMail(user.login, "reset");
  return {
    type: "ir.actions.client",
    tag: "display_notification",
    params: { title: "Notification", message: "A reset password link was sent by email", sticky: false },
  };
}

function roleOf(groupIds: readonly number[]): string | false {
  if (groupIds.includes(GROUP.administrator)) return "group_system";
  return groupIds.includes(GROUP.user) ? "group_user" : false;
}

function checkLogin(db: OdooDatabase, login: string, ownId?: number): void {
  if (db.users.rowsWhere("login", [login]).some((user) => user.id !== ownId)) throw duplicateLogin();
}

const duplicateLogin = () => constraintError("You can not have two users with the same login!");

function checkUserType(db: OdooDatabase, name: string, groupIds: readonly number[]): void {
  const types = USER_TYPE_GROUPS.filter((id) => db.closure(groupIds).includes(id));
  if (types.length < 2) return;
  const titles = types.map((id) => `'${db.label("res.groups", id)}'`).join(", ");
  throw validationError(`User '${name}' cannot be at the same time in exclusive groups ${titles}.`);
}

function checkAdministrators(db: OdooDatabase, changes: Map<number, Partial<UserRow>>): void {
  for (const user of db.users) {
    if (user.active && (changes.get(user.id)?.group_ids ?? user.group_ids).includes(GROUP.administrator)) return;
  }
  throw validationError("You must have at least an administrator user.");
}
