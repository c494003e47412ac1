import { isUpstreamError, pageByCursor } from "@bridgekit/core";
import { toValue, type BambooHrClient } from "./bamboohr-client.ts";
import { COMMON_NAMES, GROUP_NAMES, GROUP_SLUGS, ID_FIELD } from "./bamboohr-models.ts";
import type { Employee, EmployeeField, Row } from "./bamboohr-models.ts";
import { findOption, type Options } from "./options.ts";

// BambooHR allows 2,500, but such a response takes long, and a retry takes it again.
const PAGE_SIZE = 1000;

/** Names of the fields of an employee in a call. */
type FieldNames = Readonly<Record<EmployeeField, string>>;

const LIST_NAMES: FieldNames = { ...COMMON_NAMES, employmentStatus: "employmentStatusName", ...ID_FIELD };
/** Fields that every page of the list contains. */
const ALWAYS = new Set(["firstName", "lastName", "preferredName", "status"]);
const REPORT_NAMES: FieldNames = { ...COMMON_NAMES, employmentStatus: "employmentHistoryStatus", ...GROUP_NAMES };

interface Selection {
  /** Departments, divisions and locations, which a report has by name. */
  options: () => Promise<Options>;
  /** Only these employees. */
  ids?: readonly string[] | undefined;
  /** Called with the reason if something is missing; without it, that throws. */
  partial?: ((reason: string) => void) | undefined;
}

/**
 * Reads employees from the list, which proves its end and names hidden fields. BambooHR documents it for OAuth only; if a key
 * may not read it, a report is read instead.
 */
export async function* readEmployees(client: BambooHrClient, selection: Selection): AsyncGenerator<Employee> {
  let isListed = false;
  try {
    for await (const employee of listEmployees(client, selection)) {
      isListed = true;
      yield employee;
    }
    return;
  } catch (error) {
    if (isListed || !isUpstreamError(error, "PERMISSION_DENIED")) throw error;
  }
  yield* reportEmployees(client, await selection.options(), selection.ids);
}

/**
 * Reads active, inactive and future employees, page by page. A deletion meanwhile may make a page unreachable or change the
 * total: then the list is read once more, without those read already.
 */
async function* listEmployees(client: BambooHrClient, { ids, partial }: Selection): AsyncGenerator<Employee> {
  const seen = new Set<string>();
  let hasMoved = false;
  try {
    for await (const employee of readList(client, ids, () => (hasMoved = true))) {
      seen.add(employee.id);
      yield employee;
    }
  } catch (error) {
    if (seen.size === 0 || !isUpstreamError(error, 400)) throw error;
    hasMoved = true;
  }
  if (hasMoved) for await (const employee of readList(client, ids, partial)) if (!seen.has(employee.id)) yield employee;
}

function readList(client: BambooHrClient, ids: Selection["ids"], onDoubt: Selection["partial"]) {
  const fields = Object.values(LIST_NAMES).filter((name) => !ALWAYS.has(name));
  return pageByCursor(
    async (after) => {
      const query = { "page[limit]": PAGE_SIZE, "page[after]": after, fields: fields.join(",") };
      const page = await client.employeePage(query, ids);
      // Without it the last page cannot be recognised.
      if (!Array.isArray(page?.data) || page.meta?.page?.nextCursor === undefined)
        throw client.unusable("GET /employees", "with something other than a page of employees");
      const items = (page.data as Row[]).map((row) => {
        const restricted = (row["_restrictedFields"] ?? []) as string[];
        return toEmployee(row["employeeId"], row, LIST_NAMES, (name) => restricted.includes(name));
      });
      return { items, next: page.meta.page.nextCursor, total: page.meta.total ?? null };
    },
    { list: `${client.system} (employees)`, idOf: ({ id }) => id, ...(onDoubt && { onDoubt }) },
  );
}

/** Reads employees from a report, in one response: for keys that may not read the list. */
async function* reportEmployees(client: BambooHrClient, options: Options, ids: Selection["ids"]) {
  const call = "POST /reports/custom";
  const { employees, fields } = (await client.report(Object.values(REPORT_NAMES), ids)) ?? {};
  if (!Array.isArray(employees)) throw client.unusable(call, "with something other than a report of employees");
  // Hidden fields are omitted silently.
  const named = new Set(fields?.map(({ id }) => id));
  const isNamed = Object.values(REPORT_NAMES).some((name) => named.has(name));
  const known = new Set<string>();
  for (const row of employees as Row[]) {
    const employee = toEmployee(row["id"], row, REPORT_NAMES, (name) => isNamed && !named.has(name));
    if (known.size === known.add(employee.id).size) throw client.unusable(call, `with employee ${employee.id} twice`);
    for (const slug of GROUP_SLUGS) {
      const name = employee.values[slug];
      if (name === null) continue;
      const option = findOption(options, slug, name);
      employee.values[slug] = option ? String(option.id) : null;
      // A name of no option, or of several, is unknown.
      if (!option) employee.hidden.push(slug);
    }
    yield employee;
  }
}

function toEmployee(id: unknown, row: Row, names: FieldNames, isHidden: (name: string) => boolean): Employee {
  const doubts: EmployeeField[] = [];
  const fields = Object.keys(names) as EmployeeField[];
  const values = fields.map((field) => [field, toValue(row[names[field]], () => doubts.push(field))]);
  // BambooHR silently ignores unknown names.
  const isUnknown = (field: EmployeeField) => row[names[field]] === undefined || isHidden(names[field]);
  const hidden = fields.filter((field) => isUnknown(field) || doubts.includes(field));
  return { id: String(id), values: Object.fromEntries(values) as Employee["values"], hidden, doubts };
}
