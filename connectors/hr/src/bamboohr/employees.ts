import { isUpstreamError, pageByCursor } from "@bridgekit/core";
import { toValue, type BambooHrClient } from "./bamboohr-client.ts";
import { COMMON_NAMES, GROUP_NAMES, GROUP_SLUGS, ID_FIELD } from "./bamboohr-models.ts";
import type { Employee, EmployeeField, Row } from "./bamboohr-models.ts";
import { findOption, type Options } from "./options.ts";

// BambooHR gives 2,500 at most; of those an answer would take long, and a retry all of it again.
const PAGE_SIZE = 1000;

/** How a call names the fields of an employee. */
type FieldNames = Readonly<Record<EmployeeField, string>>;

const LIST_NAMES: FieldNames = { ...COMMON_NAMES, employmentStatus: "employmentStatusName", ...ID_FIELD };
/** Every page of the list has these unasked. */
const ALWAYS = new Set(["firstName", "lastName", "preferredName", "status"]);
const REPORT_NAMES: FieldNames = { ...COMMON_NAMES, employmentStatus: "employmentHistoryStatus", ...GROUP_NAMES };

interface Selection {
  /** Departments, divisions and locations, which a report tells by name. */
  options: () => Promise<Options>;
  /** Of these employees only. */
  ids?: readonly string[] | undefined;
  /** Called with the reason where something is missing; where absent, that throws. */
  partial?: ((reason: string) => void) | undefined;
}

/**
 * The employees, by the list, which proves its end and tells what is hidden. BambooHR describes it for OAuth alone: a key
 * to which it is refused gets a report instead.
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
 * Active, inactive and those who are still to come, page by page. Somebody who is deleted meanwhile may make a page
 * unreachable, or the total another one: the list is read once more then, and whoever was read is not read again.
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
      // Without it no page could be told from the last one.
      if (!Array.isArray(page?.data) || page.meta?.page?.nextCursor === undefined)
        throw client.unusable("GET /employees", "with something that is no page of employees");
      const items = (page.data as Row[]).map((row) => {
        const restricted = (row["_restrictedFields"] ?? []) as string[];
        return toEmployee(row["employeeId"], row, LIST_NAMES, (name) => restricted.includes(name));
      });
      return { items, next: page.meta.page.nextCursor, total: page.meta.total ?? null };
    },
    { list: `${client.system} (employees)`, idOf: ({ id }) => id, ...(onDoubt && { onDoubt }) },
  );
}

/** The employees by a report, in one answer: for keys to which the list is refused. */
async function* reportEmployees(client: BambooHrClient, options: Options, ids: Selection["ids"]) {
  const call = "POST /reports/custom";
  const { employees, fields } = (await client.report(Object.values(REPORT_NAMES), ids)) ?? {};
  if (!Array.isArray(employees)) throw client.unusable(call, "with something that is no report of employees");
  // What the key does not see is left out in silence.
  const told = new Set(fields?.map(({ id }) => id));
  const isNamed = Object.values(REPORT_NAMES).some((name) => told.has(name));
  const known = new Set<string>();
  for (const row of employees as Row[]) {
    const employee = toEmployee(row["id"], row, REPORT_NAMES, (name) => isNamed && !told.has(name));
    if (known.size === known.add(employee.id).size) throw client.unusable(call, `with employee ${employee.id} twice`);
    for (const slug of GROUP_SLUGS) {
      const name = employee.values[slug];
      if (name === null) continue;
      const option = findOption(options, slug, name);
      employee.values[slug] = option ? String(option.id) : null;
      // By a name that no option or more than one has, nobody can be put anywhere.
      if (!option) employee.hidden.push(slug);
    }
    yield employee;
  }
}

function toEmployee(id: unknown, row: Row, names: FieldNames, isHidden: (name: string) => boolean): Employee {
  const doubts: EmployeeField[] = [];
  const fields = Object.keys(names) as EmployeeField[];
  const values = fields.map((field) => [field, toValue(row[names[field]], () => doubts.push(field))]);
  // A name that BambooHR does not know is ignored in silence.
  const isUnknown = (field: EmployeeField) => row[names[field]] === undefined || isHidden(names[field]);
  const hidden = fields.filter((field) => isUnknown(field) || doubts.includes(field));
  return { id: String(id), values: Object.fromEntries(values) as Employee["values"], hidden, doubts };
}
