import { UpstreamError, type ConnectTools } from "@bridgekit/core";
import { explainOdooError } from "./odoo-errors.ts";
import type { Department, Employee, EmployeeValues, Group, User, UserValues } from "./odoo-models.ts";
import { createOdooReader } from "./odoo-reader.ts";

export interface OdooSettings {
  url: string;
  apiKey: string;
  database?: string | undefined;
}

export type OdooClient = ReturnType<typeof createOdooClient>;

const USER_FIELDS = ["login", "name", "email", "active", "group_ids"];

/** The calls of Odoo's JSON-2 API that the connector makes: `POST /json/2/{model}/{method}` with named arguments. */
export function createOdooClient({ url, apiKey, database }: OdooSettings, createHttp: ConnectTools["http"]) {
  const system = `Odoo at ${url.replace(/\/+$/, "")}`;
  const http = createHttp({
    system,
    baseUrl: url,
    headers: { authorization: `bearer ${apiKey}`, ...(database !== undefined && { "x-odoo-database": database }) },
    explain: explainOdooError,
  });

  function call<T>(model: string, method: string, args: object, { isIdempotent }: { isIdempotent: boolean }) {
    return http.request<T>({ method: "POST", path: `/json/2/${model}/${method}`, body: args, isIdempotent });
  }

  const reader = createOdooReader(system, (model, method, args) => call(model, method, args, { isIdempotent: true }));

  return {
    system,
    whoAmI: () => call<{ uid: number }>("res.users", "context_get", {}, { isIdempotent: true }),
    hasAccess: (model: string, operation: string) =>
      call<boolean>(model, "has_access", { ids: [], operation }, { isIdempotent: true }),

    departments: () => reader.rows<Department>("hr.department", ["complete_name"]),
    groups: () => reader.rows<Group>("res.groups", ["full_name", "comment"]),
    /** Internal users, a page at a time; portal users are customers and suppliers. */
    userPages: () => reader.pages<User>("res.users", [["share", "=", false]], USER_FIELDS),

    /** The departments of the users' employees, by user id. A user has an employee in each of its companies. */
    async departmentsOf(userIds: readonly number[]): Promise<Map<number, Employee["department_id"][]>> {
      const byUser = new Map<number, Employee["department_id"][]>();
      const employees = await reader.all<Employee>("hr.employee", [["user_id", "in", userIds]], EMPLOYEE_FIELDS);
      for (const employee of employees) {
        if (employee.user_id === false) continue;
        const [userId] = employee.user_id;
        byUser.set(userId, [...(byUser.get(userId) ?? []), employee.department_id]);
      }
      return byUser;
    },

    /** Throws ACCOUNT_NOT_FOUND where there is no such user. */
    async getUser(id: number): Promise<User> {
      const users = await call<User[]>(
        "res.users",
        "read",
        { ids: [id], fields: DETAIL_FIELDS },
        { isIdempotent: true },
      );
      if (!users[0])
        throw new UpstreamError(`${system} has no user with the id ${id}`, {
          code: "ACCOUNT_NOT_FOUND",
          isRetryable: false,
          effect: "none",
        });
      return users[0];
    },

    async findUser(login: string): Promise<User | undefined> {
      return (await reader.search<User>("res.users", [["login", "=", login]], DETAIL_FIELDS, 1))[0];
    },

    async createUser(values: UserValues, { invite }: { invite: boolean }): Promise<number> {
      const args = { vals_list: [values], ...(!invite && { context: { no_reset_password: true } }) };
      const ids = await call<number[]>("res.users", "create", args, { isIdempotent: false });
      return ids[0]!;
    },
    updateUser: (id: number, values: Partial<UserValues>) =>
      call<true>("res.users", "write", { ids: [id], vals: values }, { isIdempotent: true }),
    deleteUser: (id: number) => call<true>("res.users", "unlink", { ids: [id] }, { isIdempotent: false }),
    sendPasswordReset: (id: number) =>
      call<unknown>("res.users", "action_reset_password", { ids: [id] }, { isIdempotent: false }),

    /** Those of all companies, archived ones too. */
    employeesOf: (userId: number) => reader.all<Employee>("hr.employee", [["user_id", "=", userId]], EMPLOYEE_FIELDS),
    createEmployee: (values: EmployeeValues) =>
      call<number[]>("hr.employee", "create", { vals_list: [values] }, { isIdempotent: false }),
    updateEmployee: (id: number, values: Partial<EmployeeValues>) =>
      call<true>("hr.employee", "write", { ids: [id], vals: values }, { isIdempotent: true }),
  };
}

const EMPLOYEE_FIELDS = ["user_id", "department_id", "active"];
const DETAIL_FIELDS = [...USER_FIELDS, "all_group_ids", "create_uid", "create_date"];
