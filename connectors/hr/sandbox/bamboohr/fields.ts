import type { PersonFields } from "./bamboo-company.ts";
import type { EmployeeView } from "./employee-view.ts";
import type { ListName } from "./state.ts";

export interface Field {
  /** The name in requests and responses. */
  alias: string;
  /** The id in `meta/fields`; aliases have none. */
  id?: number;
  name: string;
  type: string;
  /** The field whose permission applies: `department` also for the id of the department. */
  permission: string;
  read: (view: EmployeeView) => string | null;
}

function own(id: number, alias: keyof PersonFields, name: string, type = "text"): Field {
  return { id, alias, name, type, permission: alias, read: ({ employee }) => employee[alias] };
}

/** A value of a list: by name, by the name of the list of employees, and by id. */
function listed(id: number, alias: ListName, name: string, base: string = alias): Field[] {
  const field: Field = {
    alias,
    name,
    type: "list",
    permission: alias,
    read: (view) => view.option(alias)?.name ?? null,
  };
  const readId: Field["read"] = (view) => view.option(alias)?.id.toString() ?? null;
  return [
    { ...field, id },
    { ...field, alias: `${base}Name` },
    { ...field, alias: `${base}Id`, name: `${name} ID`, type: "int", read: readId },
  ];
}

/** Aliases of the same value. */
function alsoAs(field: Field, ...aliases: readonly string[]): Field[] {
  const { id: _id, ...further } = field;
  return [field, ...aliases.map((alias) => Object.assign({}, further, { alias }))];
}

const nameOf = ({ firstName, lastName }: { firstName: string; lastName: string }) => `${firstName} ${lastName}`;

function supervisor(
  id: number,
  alias: string,
  name: string,
  type: string,
  read: (supervisor: NonNullable<EmployeeView["supervisor"]>) => string | null,
): Field {
  const readFrom: Field["read"] = (view) => (view.supervisor ? read(view.supervisor) : null);
  return { id, alias, name, type, permission: "supervisor", read: readFrom };
}

const employmentStatus = listed(16, "employmentHistoryStatus", "Employment Status", "employmentStatus");

const ALL: readonly Field[] = [
  own(1, "firstName", "First Name"),
  own(2, "lastName", "Last Name"),
  own(3, "middleName", "Middle Name"),
  own(5, "preferredName", "Preferred Name"),
  own(6, "workEmail", "Work Email", "email"),
  own(7, "homeEmail", "Home Email", "email"),
  own(8, "workPhone", "Work Phone", "phone"),
  own(9, "mobilePhone", "Mobile Phone", "phone"),
  own(10, "hireDate", "Hire Date", "date"),
  { ...own(11, "status", "Status", "status"), read: ({ status }) => status },
  { ...own(12, "firstName", "First Name Last Name"), alias: "fullName1", read: ({ employee }) => nameOf(employee) },
  {
    ...own(13, "firstName", "Display Name"),
    alias: "displayName",
    read: ({ employee }) => nameOf({ ...employee, firstName: employee.preferredName ?? employee.firstName }),
  },
  {
    ...own(14, "workEmail", "Best Email", "email"),
    alias: "bestEmail",
    read: ({ employee }) => employee.workEmail ?? employee.homeEmail,
  },
  {
    id: 15,
    alias: "terminationDate",
    name: "Termination Date",
    type: "date",
    permission: "terminationDate",
    read: (view) => view.terminationDate,
  },
  ...employmentStatus,
  { ...employmentStatus[1]!, alias: "employmentStatus" },
  ...listed(17, "jobTitle", "Job Title"),
  ...listed(18, "location", "Location"),
  ...listed(4, "department", "Department"),
  ...listed(1355, "division", "Division"),
  ...alsoAs(supervisor(91, "supervisor", "Reporting to", "employee", nameOf), "reportsToName", "reportsTo"),
  ...alsoAs(
    supervisor(92, "supervisorEId", "Supervisor EID", "text", ({ id }) => String(id)),
    "reportsToId",
  ),
  supervisor(93, "supervisorEmail", "Manager's email", "email", ({ workEmail }) => workEmail),
  {
    id: 95,
    alias: "lastChanged",
    name: "Last changed",
    type: "timestamp",
    permission: "lastChanged",
    read: ({ employee }) => employee.changedAt,
  },
];

/** All fields of the sandbox, by each of their names. */
export const FIELDS: ReadonlyMap<string, Field> = new Map(ALL.map((field) => [field.alias, field]));

/** Returns the field whose permission applies to a name. */
export function permissionOf(name: string): string {
  return FIELDS.get(name)?.permission ?? name;
}
