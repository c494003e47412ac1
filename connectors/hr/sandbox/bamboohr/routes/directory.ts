import { answer, createRoutes, readOnlyCurrent } from "../api.ts";
import { forbidden, notFound } from "../bamboo-error.ts";
import { EmployeeView } from "../employee-view.ts";
import { FIELDS } from "../fields.ts";

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
  const fields = NAMES.map((name) => FIELDS.get(name)!).filter(
    ({ permission }) => !access.hiddenFields.has(permission),
  );
  const views = Array.from(company.employees.values(), (employee) => new EmployeeView(company, employee, onlyCurrent))
    .filter(({ employee }) => access.maySee(employee))
    .filter((view) => view.status === "Active" && (!onlyCurrent || !view.isFuture));
  if (views.length === 0) throw notFound("The directory is empty");
  return answer(context, "directory", {
    fields: fields.map(({ alias, type, name }) => ({ id: alias, type, name })),
    employees: views.map((view) => ({
      id: String(view.employee.id),
      ...Object.fromEntries(fields.map(({ alias, read }) => [alias, read(view)])),
    })),
  });
});
