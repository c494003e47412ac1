/** Odoo writes an empty value as `false`, and a pointer as `[id, label]`; `null` is read like `false`. */
export type Many2one = Pointer | false | null;
type Pointer = [id: number, label: string];

export function isPointer(value: unknown): value is Pointer {
  return Array.isArray(value) && Number.isInteger(value[0]) && typeof value[1] === "string";
}

export interface User {
  id: number;
  login: string;
  name: string;
  email: string | false;
  active: boolean;
  /** Groups that were given to the user. */
  group_ids: number[];
  /** Those, and the groups that they imply. */
  all_group_ids: number[];
  company_id: Many2one;
  /** The companies that the user may see. */
  company_ids: number[];
  create_uid: Many2one;
  /** UTC, `YYYY-MM-DD HH:MM:SS`. */
  create_date: string;
}

export interface Employee {
  id: number;
  user_id: Many2one;
  department_id: Many2one;
  /** Never empty. A user has at most one employee in each company. */
  company_id: Many2one;
  active: boolean;
}

export interface Department {
  id: number;
  /** With the departments above it: `Management / Sales`. */
  complete_name: string;
  /** A department without one belongs to every company. */
  company_id: Many2one;
}

/** What Odoo shows of an API key; the key itself is nowhere to be read. */
export interface ApiKey {
  id: number;
  name: string;
  /** `false` for a key to everything. */
  scope: string | false;
  /** UTC, `YYYY-MM-DD HH:MM:SS`; `false` for a key that lasts. */
  expiration_date: string | false;
}

export interface Group {
  id: number;
  full_name: string;
  comment: string | false;
}

/** `[4, id]` adds a row to a list, `[3, id]` takes it out. */
export type ListCommand = [4, number] | [3, number];

export interface UserValues {
  login: string;
  name: string;
  email?: string | undefined;
  active?: boolean;
  group_ids?: ListCommand[];
}

export interface EmployeeValues {
  name: string;
  work_email?: string | undefined;
  user_id: number | false;
  department_id: number | false;
  company_id?: number;
}
