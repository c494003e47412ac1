import { respond, createRoutes, readOnlyCurrent } from "../api.ts";
import { forbidden, notFound } from "../bamboo-error.ts";
import { EmployeeView } from "../employee-view.ts";
import { findFields, toColumns, toValues } from "../field-values.ts";

export const directory = createRoutes();

const NAMES = [
  "displayName",
  "firstName",
  "lastName",
  "preferredName",
  "jobTitle",
  "workPhone",
  "mobilePhone",
  "workEmail",
  "department",
  "location",
  "division",
  "supervisor",
];

directory.get("/employees/directory", (context) => {
  const { company, access } = context.var;
  if (!access.isDirectoryShared) throw forbidden("The company directory is not shared");
  const onlyCurrent = readOnlyCurrent(context);
  const fields = findFields(NAMES, access);
  const views = Array.from(company.employees.values(), (employee) => new EmployeeView(company, employee, onlyCurrent))
    .filter(({ employee }) => access.maySee(employee))
    .filter((view) => view.status === "Active" && (!onlyCurrent || !view.isFuture));
  if (views.length === 0) throw notFound("The directory is empty");
  return respond(context, "directory", {
    fields: toColumns(fields),
    employees: views.map((view) => toValues(view, fields)),
  });
});
