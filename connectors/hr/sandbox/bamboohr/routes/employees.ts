import {
  respond,
  createRoutes,
  demandFewFields,
  readBody,
  readOnlyCurrent,
  splitNames,
  type ApiContext,
} from "../api.ts";
import { badRequest, conflict, forbidden, noSuchEmployee } from "../bamboo-error.ts";
import { changeJob, setEmploymentStatus } from "../change-tables.ts";
import { EmployeeView } from "../employee-view.ts";
import { findFields, toValues } from "../field-values.ts";
import type { BambooEmployeeRow } from "../state.ts";
import { readWritten, type Written } from "../write-fields.ts";

export const employees = createRoutes();

employees.get("/employees/:id", (context) => {
  const employee = readEmployee(context);
  const { company, access } = context.var;
  const names = splitNames(context.req.query("fields") ?? "firstName,lastName");
  demandFewFields(names);
  const view = new EmployeeView(company, employee, readOnlyCurrent(context));
  return respond(context, "employee", toValues(view, findFields(names, access)));
});

employees.post("/employees", async (context) => {
  const { company, access, base } = context.var;
  const body = await readBody(context);
  access.demandWrite("add an employee");
  for (const name of ["firstName", "lastName"])
    if (typeof body[name] !== "string" || body[name].trim() === "") throw badRequest(`The field "${name}" is required`);
  const written = readWritten(company, body, conflict);
  demandFreeAddress(context, written);
  const { id } = company.addEmployee(written.person);
  applyToTables(context, id, written);
  return context.body(null, 201, { location: `${base}/employees/${id}` });
});

employees.post("/employees/:id", async (context) => {
  const employee = readEmployee(context);
  const { company, access } = context.var;
  const body = await readBody(context);
  access.demandWrite("change this employee");
  const hidden = Object.keys(body).find((name) => access.hides(name));
  if (hidden !== undefined) throw forbidden(`You do not have permission to change the field "${hidden}"`);
  const written = readWritten(company, body, conflict);
  for (const name of ["firstName", "lastName"] as const)
    if (written.person[name] === null) throw badRequest(`The field "${name}" is required`);
  demandFreeAddress(context, written, employee);
  applyToTables(context, employee.id, written);
  company.updateEmployee(employee.id, written.person);
  return context.body(null, 200);
});

function readEmployee(context: ApiContext): BambooEmployeeRow {
  const { company, access } = context.var;
  const id = context.req.param("id") ?? "";
  if (!/^\d+$/.test(id)) throw noSuchEmployee();
  const employee = company.employee(Number(id));
  if (!access.maySee(employee)) throw forbidden("You do not have permission to see this employee");
  return employee;
}

function demandFreeAddress({ var: { company } }: ApiContext, { person }: Written, own?: BambooEmployeeRow): void {
  const { workEmail } = person;
  if (!workEmail) return;
  const holder = company.withWorkEmail(workEmail);
  if (holder && holder !== own) throw conflict(`The work email ${workEmail} is already in use`);
}

function applyToTables({ var: { company } }: ApiContext, id: number, { job, employmentStatus }: Written): void {
  if (Object.keys(job).length > 0) changeJob(company, id, job);
  if (employmentStatus !== undefined) setEmploymentStatus(company, id, employmentStatus);
}
