import { respond, createRoutes, readBody, type ApiContext } from "../api.ts";
import type { TableName } from "../bamboo-company.ts";
import { badRequest, forbidden, noSuchEmployee, notAcceptable, notFound } from "../bamboo-error.ts";
import { changedSince } from "../changed-since.ts";
import { toRows } from "../to-rows.ts";
import type { BambooEmployeeRow } from "../state.ts";
import { readDate, readText, readWritten } from "../write-fields.ts";

export const tables = createRoutes();
/** The later version of the API only has this call. */
export const createRow = createRoutes();

const COLUMNS: Record<TableName, ReadonlySet<string>> = {
  jobInfo: new Set(["jobTitle", "department", "division", "location", "reportsTo"]),
  employmentStatus: new Set(["employmentStatus"]),
};

// All tables of everybody with a change: a change of name also returns the rows of jobs.
tables.get("/employees/changed/tables/:table", (context) => {
  const table = readTable(context);
  const { company, access } = context.var;
  const { employees } = changedSince(company, access, context.req.query("since"));
  const rows: Record<string, object> = {};
  for (const { id, action, lastChanged } of Object.values(employees))
    if (action !== "Deleted") rows[id] = { lastChanged, rows: toRows(context.var, table, Number(id)) };
  return respond(context, "table", { table, employees: rows });
});

tables.get("/employees/:id/tables/:table", (context) => {
  const table = readTable(context);
  const { company, access } = context.var;
  if (context.req.param("id") !== "all")
    return respond(context, "table", toRows(context.var, table, readEmployee(context).id));
  const ids = [...company.employees.values()].filter((employee) => access.maySee(employee)).map(({ id }) => id);
  return respond(
    context,
    "table",
    ids.flatMap((id) => toRows(context.var, table, id)),
  );
});

for (const routes of [tables, createRow])
  routes.post("/employees/:id/tables/:table", async (context) => {
    const table = readTable(context);
    const employee = readEmployee(context);
    const body = await readBody(context);
    context.var.access.demandWrite("change this table");
    addRow(context, table, employee, body);
    return context.body(null, 200);
  });

function addRow(
  { var: { company, access } }: ApiContext,
  table: TableName,
  employee: BambooEmployeeRow,
  { date: givenDate, comment, ...values }: Record<string, unknown>,
): void {
  const date = readDate("date", givenDate ?? null, notAcceptable);
  if (date === null) throw badRequest('The field "date" is required');
  if (Object.keys(values).some((name) => access.hides(name)))
    throw forbidden("You do not have permission to change this table");
  for (const name of Object.keys(values))
    if (!COLUMNS[table].has(name)) throw notAcceptable(`The table ${table} has no field "${name}"`);
  const { job, employmentStatus } = readWritten(company, values, notAcceptable);
  if (table === "jobInfo") {
    company.addJobInfo(employee.id, date, job);
    return;
  }
  if (employmentStatus === undefined || employmentStatus === null)
    throw badRequest('The field "employmentStatus" is required');
  const note = comment === undefined ? null : readText("comment", comment, notAcceptable);
  company.addEmploymentStatus(employee.id, date, employmentStatus, note);
}

function readTable(context: ApiContext): TableName {
  const table = context.req.param("table") ?? "";
  if (table !== "jobInfo" && table !== "employmentStatus") throw notFound(`Table not found: ${table}`);
  return table;
}

/** Tables of hidden employees are not found. */
function readEmployee(context: ApiContext): BambooEmployeeRow {
  const { company, access } = context.var;
  const employee = company.employees.get(Number(context.req.param("id")));
  if (!employee || !access.maySee(employee)) throw noSuchEmployee();
  return employee;
}
