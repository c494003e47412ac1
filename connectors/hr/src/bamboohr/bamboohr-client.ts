import { UpstreamError, urlPath, type ConnectTools, type HttpRequest } from "@bridgekit/core";
import type { BambooHrConfig } from "./bamboohr-config.ts";
import { explainBambooHrError, findErrorInSuccess } from "./bamboohr-errors.ts";
import type {
  BambooHrUser,
  ChangedEmployees,
  EmployeePage,
  EmployeeValues,
  EmploymentRow,
  JobRow,
  ListField,
  Report,
} from "./bamboohr-models.ts";
import { toValue } from "./to-value.ts";

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
    headers: {
      // Any password will do.
      authorization: `Basic ${Buffer.from(`${apiKey}:x`).toString("base64")}`,
      // Whoever does not ask for JSON gets XML.
      accept: "application/json",
    },
    explain: explainBambooHrError,
    explainSuccess: findErrorInSuccess,
  });
  const get = <T>(path: string, query?: HttpRequest["query"]) =>
    http.request<T>({ method: "GET", path: `/api/v1${path}`, ...(query && { query }) });

  function unusable(call: string, what: string): UpstreamError {
    return new UpstreamError(`${system} answered ${call} ${what}`, {
      code: "INTERNAL_ERROR",
      isRetryable: false,
      effect: "none",
    });
  }

  async function getList<Row>(path: string): Promise<Row[]> {
    const rows = await get<unknown>(path);
    if (!Array.isArray(rows)) throw unusable(`GET ${path}`, "with something that is no list");
    return rows as Row[];
  }

  return {
    system,
    unusable,

    /** Of all employees, or of those with these ids. */
    employeePage(query: Record<string, string | number | undefined>, ids: readonly string[] = []) {
      const filter = ids.map((id) => `filter%5Bids%5D%5B%5D=${id}`).join("&");
      return get<EmployeePage>(`/employees${filter && `?${filter}`}`, query);
    },
    report: (fields: readonly string[], employeeIds: readonly string[] | undefined) =>
      http.request<Report>({
        method: "POST",
        path: "/api/v1/reports/custom",
        query: { format: "json" },
        body: { title: "Bridge", fields, filters: employeeIds ? { employeeIds: employeeIds.map(Number) } : {} },
        isIdempotent: true,
      }),
    /** Rows of one employee, or of `all`, in no order. */
    employmentRows: (employeeId: string) =>
      getList<EmploymentRow>(urlPath`/employees/${employeeId}/tables/employmentStatus`),
    /** Rows of all, in no order. */
    jobRows: () => getList<JobRow>("/employees/all/tables/jobInfo"),
    lists: () => getList<ListField>("/meta/lists"),

    /** Those who may sign in. */
    async users(): Promise<BambooHrUser[]> {
      const users = await get<Record<string, BambooHrUser> | null | undefined>("/meta/users", { status: "enabled" });
      if (typeof users !== "object" || users === null)
        throw unusable("GET /meta/users", "with something that is no list");
      return Object.values(users);
    },

    async changedSince(since: string, type?: "inserted" | "deleted"): Promise<ChangedEmployees> {
      const changed = await get<ChangedEmployees | undefined>("/employees/changed", { since, type });
      if (typeof changed?.employees !== "object" || changed.employees === null || typeof changed.latest !== "string")
        throw unusable("GET /employees/changed", "without saying who has changed");
      return changed;
    },

    /** These fields of an employee, without those that the key does not see. Throws ACCOUNT_NOT_FOUND. */
    async getEmployee<Field extends string>(
      id: string,
      fields: readonly Field[],
    ): Promise<Partial<Record<Field, string | null>>> {
      const employee = await get<Record<string, unknown> | undefined>(urlPath`/employees/${id}`, {
        fields: fields.join(","),
      });
      const values = fields
        .filter((field) => employee?.[field] !== undefined)
        .map((field) => [field, toValue(employee?.[field])]);
      return Object.fromEntries(values) as Partial<Record<Field, string | null>>;
    },

    /** Answers the id, where BambooHR tells it. */
    async createEmployee(values: EmployeeValues): Promise<string | undefined> {
      const { headers } = await http.requestWithHeaders({ method: "POST", path: "/api/v1/employees", body: values });
      return /(?:\/employees\/|[?&]id=)(\d+)\b/.exec(headers.get("location") ?? "")?.[1];
    },
    updateEmployee: (id: string, values: EmployeeValues) =>
      http.request({ method: "POST", path: urlPath`/api/v1/employees/${id}`, body: values, isIdempotent: true }),
    addEmploymentRow: (id: string, row: { date: string; employmentStatus: string }) =>
      http.request({ method: "POST", path: urlPath`/api/v1_1/employees/${id}/tables/employmentStatus`, body: row }),
  };
}
