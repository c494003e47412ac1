import { isSameIdentity, UpstreamError, type ConnectTools, type Effect } from "@bridgekit/core";
import { explainOdooError } from "./odoo-errors.ts";
import type { ApiKey, Department, Employee, EmployeeValues, Group, User, UserValues } from "./odoo-models.ts";
import { createOdooReader, type Condition } from "./odoo-reader.ts";

export interface OdooSettings {
  url: string;
  apiKey: string;
  database?: string | undefined;
}

export type OdooClient = ReturnType<typeof createOdooClient>;

const INTERNAL: Condition = ["share", "=", false];
const USER_FIELDS = ["login", "name", "email", "active", "group_ids", "company_id", "company_ids"];

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

  /** Of a success that says nothing, as proxies and broken servers send it. */
  function unusable(path: string, what: string, effect: Effect = "none"): UpstreamError {
    const message = `${system} answered POST /json/2/${path} with something that is ${what}`;
    return new UpstreamError(message, { code: "INTERNAL_ERROR", isRetryable: false, effect });
  }

  const reader = createOdooReader(system, (model, method, args) => call(model, method, args, { isIdempotent: true }));

  /** Throws ACCOUNT_NOT_FOUND where there is no such user. */
  async function getUser(id: number): Promise<User> {
    const args = { ids: [id], fields: DETAIL_FIELDS };
    const users = await call<User[] | null>("res.users", "read", args, { isIdempotent: true });
    if (!Array.isArray(users)) throw unusable("res.users/read", "no list");
    if (!users[0])
      throw new UpstreamError(`${system} has no user with the id ${id}`, {
        code: "ACCOUNT_NOT_FOUND",
        isRetryable: false,
        effect: "none",
      });
    return users[0];
  }

  return {
    system,
    getUser,
    /** The id of the user to whom the key belongs. */
    async whoAmI(): Promise<number> {
      const context = await call<{ uid?: number } | null>("res.users", "context_get", {}, { isIdempotent: true });
      if (!Number.isInteger(context?.uid)) throw unusable("res.users/context_get", "no user");
      return context!.uid!;
    },
    hasAccess: (model: string, operation: string) =>
      call<boolean>(model, "has_access", { ids: [], operation }, { isIdempotent: true }),

    /** The companies that a user may see. */
    async companiesOf(userId: number): Promise<readonly number[]> {
      const { company_ids } = await getUser(userId);
      if (!Array.isArray(company_ids)) throw unusable("res.users/read", "no user with companies");
      return company_ids;
    },
    /** All companies for a user with Access Rights, the own ones for anybody else; archived ones don't count. */
    countCompanies: () => reader.count("res.company", [], {}),
    /** Whether users are in other companies than these. */
    async hasUsersOutside(companyIds: readonly number[]): Promise<boolean> {
      const isOutside: Condition = ["company_id", "not in", companyIds];
      return (await reader.count("res.users", [INTERNAL, isOutside])) > 0;
    },
    /** Throws PERMISSION_DENIED; whoever may not read employees is given what is public of them. */
    countEmployees: () => reader.count("hr.employee", []),
    /** Of one user. */
    apiKeys: (userId: number) =>
      reader.search<ApiKey>("res.users.apikeys", [["user_id", "=", userId]], ["name", "scope", "expiration_date"]),

    departments: () => reader.rows<Department>("hr.department", ["complete_name"]),
    async findDepartment(id: number): Promise<Department | undefined> {
      return (await reader.all<Department>("hr.department", [["id", "=", id]], ["complete_name", "company_id"]))[0];
    },
    /** Those of the groups that there are. */
    findGroups: (ids: readonly number[]) => reader.all<Group>("res.groups", [["id", "in", ids]], ["full_name"]),
    groups: () => reader.rows<Group>("res.groups", ["full_name", "comment"]),
    /** Internal users, a page at a time; portal users are customers and suppliers. */
    userPages: () => reader.pages<User>("res.users", [INTERNAL], USER_FIELDS),

    /** The employees of these users. A user may have one in each company. */
    employeesOfUsers: (userIds: readonly number[]) =>
      reader.all<Employee>("hr.employee", [["user_id", "in", userIds]], EMPLOYEE_FIELDS),

    /**
     * The user with a login, archived or not, whatever its case and surrounding blanks; the one that is written the same
     * where there are several. Odoo itself takes logins of another case for other people.
     */
    async findUser(login: string): Promise<User | undefined> {
      const isExact: Condition = ["login", "=", login];
      const users = await reader.all<User>(
        "res.users",
        ["|", isExact, ["login", "ilike", toPattern(login)]],
        DETAIL_FIELDS,
      );
      return users.find((user) => user.login === login) ?? users.find((user) => isSameIdentity(user.login, login));
    },

    async createUser(values: UserValues, { invite }: { invite: boolean }): Promise<number> {
      const args = { vals_list: [values], ...(!invite && { context: { no_reset_password: true } }) };
      const ids = await call<number[] | null>("res.users", "create", args, { isIdempotent: false });
      if (!Number.isInteger(ids?.[0])) throw unusable("res.users/create", "no id", "unknown");
      return ids![0]!;
    },
    updateUser: (id: number, values: Partial<UserValues>) =>
      call<true>("res.users", "write", { ids: [id], vals: values }, { isIdempotent: true }),
    deleteUser: (id: number) => call<true>("res.users", "unlink", { ids: [id] }, { isIdempotent: false }),
    async sendPasswordReset(id: number): Promise<void> {
      const path = "res.users/action_reset_password";
      const notice = await call<{ type?: string } | null>(
        "res.users",
        "action_reset_password",
        { ids: [id] },
        {
          isIdempotent: false,
        },
      );
      // A notice for the screen; without it nobody can tell whether the mail was sent.
      if (notice?.type === undefined) throw unusable(path, "no notice of a mail", "unknown");
    },

    /** Those of all companies, archived ones too. */
    employeesOf: (userId: number) => reader.all<Employee>("hr.employee", [["user_id", "=", userId]], EMPLOYEE_FIELDS),
    createEmployee: (values: EmployeeValues) =>
      call<number[]>("hr.employee", "create", { vals_list: [values] }, { isIdempotent: false }),
    updateEmployee: (id: number, values: Partial<EmployeeValues>) =>
      call<true>("hr.employee", "write", { ids: [id], vals: values }, { isIdempotent: true }),
  };
}

/**
 * For `ilike`, which looks for a text with `%` for any text and `_` for any character: finds too many rather than too few,
 * whatever the database takes for the other case of a letter beyond ASCII.
 */
function toPattern(login: string): string {
  return login
    .trim()
    .replaceAll(/[\\%]/g, "_")
    .replaceAll(/[^\x20-\x7e]+/g, "%");
}

const EMPLOYEE_FIELDS = ["user_id", "department_id", "company_id", "active"];
const DETAIL_FIELDS = [...USER_FIELDS, "all_group_ids", "create_uid", "create_date"];
