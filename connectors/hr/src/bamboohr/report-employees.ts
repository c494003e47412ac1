import type { BambooHrClient } from "./bamboohr-client.ts";
import { GROUP_SLUGS, type Employee, type EmployeeField, type ReportedEmployee } from "./bamboohr-models.ts";
import { findOption, type Options } from "./options.ts";
import { COMMON_NAMES, fieldsOf, readValues, type FieldNames } from "./employee-fields.ts";

/** How reports call the fields. Department, division and location come by name. */
const NAMES: FieldNames = {
  ...COMMON_NAMES,
  employmentStatus: "employmentHistoryStatus",
  department: "department",
  division: "division",
  location: "location",
};

/** The employees by a report, in one answer: for keys to which the list is refused. */
export async function* reportEmployees(
  client: BambooHrClient,
  options: Options,
  ids: readonly string[] | undefined,
): AsyncGenerator<Employee> {
  const report = await client.report(Object.values(NAMES), ids);
  if (!Array.isArray(report?.employees))
    throw client.unusable("POST /reports/custom", "with something that is no report of employees");
  // What the key does not see is left out in silence.
  const told = new Set(report.fields?.map(({ id }) => id));
  const fields = fieldsOf(NAMES);
  const isNamed = fields.some((field) => told.has(NAMES[field]));
  const hidden = new Set(fields.filter((field) => isNamed && !told.has(NAMES[field])));
  const known = new Set<string>();
  for (const row of report.employees as ReportedEmployee[]) {
    const id = String(row.id);
    if (known.size === known.add(id).size) throw client.unusable("POST /reports/custom", `with employee ${id} twice`);
    yield toEmployee(row, hidden, options);
  }
}

function toEmployee(row: ReportedEmployee, hidden: ReadonlySet<EmployeeField>, options: Options): Employee {
  const { values, doubts } = readValues(row, NAMES);
  const isUnknown = (field: EmployeeField) =>
    hidden.has(field) || row[NAMES[field]] === undefined || doubts.includes(field);
  const unknown = fieldsOf(NAMES).filter(isUnknown);
  for (const slug of GROUP_SLUGS) {
    const name = values[slug];
    if (name === null) continue;
    const option = findOption(options, slug, name);
    values[slug] = option ? String(option.id) : null;
    // By a name that no option or more than one has, nobody can be put anywhere.
    if (!option) unknown.push(slug);
  }
  return { id: String(row.id), values, hidden: unknown, doubts };
}
