import { toOptionalText, UpstreamError, urlPath, type ConnectTools, type HttpRequest } from "@bridgekit/core";
import type { BambooHrConfig } from "./bamboohr-config.ts";
import { explainBambooHrError, findErrorInSuccess } from "./bamboohr-errors.ts";
import type { ChangedEmployees, EmployeePage, EmploymentRow, GroupSlug, JobRow, ListField } from "./bamboohr-models.ts";

export type BambooHrClient = ReturnType<typeof createBambooHrClient>;

/** The calls of BambooHR's API that the connector makes. */
export function createBambooHrClient(
  { company, apiKey, apiUrl = `https://${company}.bamboohr.com` }: BambooHrConfig,
  createHttp: ConnectTools["http"],
) {
  const system = `BambooHR at ${apiUrl.replace(/\/+$/, "")}`;
  const http = createHttp({
    system,
    baseUrl: apiUrl,
    // Any password is accepted.
    headers: { authorization: `Basic ${Buffer.from(`${apiKey}:x`).toString("base64")}` },
    explain: explainBambooHrError,
    explainSuccess: findErrorInSuccess,
  });
  const toGet = (path: string, query: HttpRequest["query"] = {}) =>
    ({ method: "GET", path: `/api/v1${path}`, query }) as const;
  const get = <T>(path: string, query?: HttpRequest["query"]) => http.request<T>(toGet(path, query));
  const getList = async <Row>(path: string) => (await http.list<Row>(toGet(path))).items;
  const unusable = (call: string, what: string) => UpstreamError.final(`${system} answered ${call} ${what}`);

  return {
    system,
    unusable,

    /** All employees, or those with these ids. */
    employeePage(query: HttpRequest["query"], ids: readonly string[] = []) {
      const filter = ids.map((id) => `filter%5Bids%5D%5B%5D=${id}`).join("&");
      return get<EmployeePage>(`/employees${filter && `?${filter}`}`, query);
    },
    report: (fields: readonly string[], employeeIds: readonly string[] | undefined) =>
      http.request<{ fields?: { id: string }[]; employees?: unknown }>({
        method: "POST",
        path: "/api/v1/reports/custom",
        query: { format: "json" },
        body: { title: "Bridge", fields, filters: employeeIds ? { employeeIds: employeeIds.map(Number) } : {} },
        isIdempotent: true,
      }),
    /** Rows of one employee, or of `all`, unordered. */
    employmentRows: (employeeId: string) =>
      getList<EmploymentRow>(urlPath`/employees/${employeeId}/tables/employmentStatus`),
    /** Rows of all employees, unordered. */
    jobRows: () => getList<JobRow>("/employees/all/tables/jobInfo"),
    lists: () => getList<ListField>("/meta/lists"),

    /** Ids of the employees who may sign in; 0 for a user who is not an employee. */
    async userEmployeeIds(): Promise<string[]> {
      const users = await get<Record<string, { employeeId: number }> | null>("/meta/users", { status: "enabled" });
      if (typeof users !== "object" || users === null)
        throw unusable("GET /meta/users", "with something other than a list");
      return Object.values(users).flatMap(({ employeeId }) => (employeeId > 0 ? [String(employeeId)] : []));
    },

    async changedSince(milliseconds: number, type?: "inserted" | "deleted"): Promise<ChangedEmployees> {
      const query = { since: toMoment(milliseconds), type };
      const changed = await get<ChangedEmployees | undefined>("/employees/changed", query);
      if (typeof changed?.employees !== "object" || changed.employees === null || typeof changed.latest !== "string")
        throw unusable("GET /employees/changed", "without saying who has changed");
      return changed;
    },

    /** Returns the visible ones of these fields. Throws ACCOUNT_NOT_FOUND. */
    async getEmployee<Field extends string>(id: string, names: readonly Field[]) {
      const query = { fields: names.join(",") };
      const employee = Object(await get<unknown>(urlPath`/employees/${id}`, query)) as Record<string, unknown>;
      const values = names
        .filter((name) => employee[name] !== undefined)
        .map((name) => [name, toValue(employee[name])]);
      return Object.fromEntries(values) as { [Name in Field]?: string | null };
    },

    /** Returns the id, from the `Location` header. */
    async createEmployee(values: EmployeeValues): Promise<string> {
      const { headers } = await http.requestWithHeaders({ method: "POST", path: "/api/v1/employees", body: values });
      const id = /(?:\/employees\/|[?&]id=)(\d+)\b/.exec(headers.get("location") ?? "")?.[1];
      const message = `${system} accepted the employee ${values.workEmail}, but did not return the id`;
      if (id === undefined) throw UpstreamError.final(message, { effect: "unknown" });
      return id;
    },
    updateEmployee: (id: string, values: EmployeeValues) =>
      http.request({ method: "POST", path: urlPath`/api/v1/employees/${id}`, body: values, isIdempotent: true }),
    addEmploymentRow: (id: string, row: { date: string; employmentStatus: string }) =>
      http.request({ method: "POST", path: urlPath`/api/v1_1/employees/${id}/tables/employmentStatus`, body: row }),
  };
}

/** Values to write; an empty text clears one. */
export type EmployeeValues = Partial<Record<"firstName" | "lastName" | "workEmail" | GroupSlug, string>>;

/** Formats a time for BambooHR: `2026-03-31T12:00:00Z`. */
export const toMoment = (milliseconds: number) => new Date(milliseconds).toISOString().replace(/\.\d+Z$/, "Z");

/** Returns an id or text as text; null if it is absent, null, blank or false. Calls `onDoubt` for any other value. */
export function toValue(value: unknown, onDoubt: () => void = () => {}): string | null {
  return typeof value === "number" ? String(value) : (toOptionalText(value, "a value", onDoubt) ?? null);
}
