/** Everything the sandbox knows, as plain JSON: what `snapshot()` returns and `createOdooSandbox({ state })` takes. */
export interface OdooState {
  users: UserRow[];
  groups: GroupRow[];
  employees: EmployeeRow[];
  departments: DepartmentRow[];
  companies: CompanyRow[];
  /** Names of records of models that the sandbox refers to but does not serve. */
  names: Record<NamedModel, Record<string, string>>;
  /** The next id of each model: PostgreSQL sequences never assign an id twice, even after a delete. */
  nextIds: Record<ModelName, number>;
  /** Users that other records refer to, so that Odoo refuses to delete them. */
  usedUserIds: number[];
  /** Mails sent, by login. */
  mails: Record<string, MailCount>;
}

export type ModelName = "res.users" | "res.groups" | "hr.employee" | "hr.department" | "res.company";
export type NamedModel = "hr.job" | "hr.departure.reason" | "res.groups.privilege";

/** Odoo's empty value is `false`, except for booleans, numbers and lists. */
type Optional<T> = T | false;

export interface UserRow {
  id: number;
  login: string;
  name: string;
  email: Optional<string>;
  active: boolean;
  /** Directly assigned groups; implied ones are computed. Never changed in place, so rows may share a list. */
  group_ids: readonly number[];
  /** The user's default company, and all that the user may see. */
  company_id: number;
  company_ids: readonly number[];
  tz: Optional<string>;
  login_date: Optional<string>;
  create_date: string;
  create_uid: Optional<number>;
  write_date: string;
}

export interface EmployeeRow {
  id: number;
  name: string;
  work_email: Optional<string>;
  work_phone: Optional<string>;
  department_id: Optional<number>;
  job_id: Optional<number>;
  job_title: Optional<string>;
  parent_id: Optional<number>;
  user_id: Optional<number>;
  company_id: number;
  active: boolean;
  departure_date: Optional<string>;
  departure_reason_id: Optional<number>;
  create_date: string;
  write_date: string;
}

export interface DepartmentRow {
  id: number;
  name: string;
  parent_id: Optional<number>;
  manager_id: Optional<number>;
  /** A department without a company belongs to every one. */
  company_id: Optional<number>;
  active: boolean;
  write_date: string;
}

export interface GroupRow {
  id: number;
  name: string;
  privilege_id: Optional<number>;
  share: boolean;
  comment: Optional<string>;
  implied_ids: readonly number[];
  write_date: string;
}

export interface CompanyRow {
  id: number;
  name: string;
  active: boolean;
}

/** A row of `res.users.apikeys`, which does not contain the key itself. */
export interface ApiKeyRow {
  id: number;
  name: string;
  user_id: number;
  scope: Optional<string>;
  /** UTC; none for a key that does not expire. */
  expiration_date: Optional<string>;
  create_date: string;
}

export interface MailCount {
  /** Sent by `create` without `no_reset_password` in the context. */
  invitation: number;
  /** Sent by `action_reset_password`. */
  reset: number;
}
