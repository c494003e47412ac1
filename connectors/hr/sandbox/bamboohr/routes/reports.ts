import { respondWithXml, createRoutes, demandFewFields, readOnlyCurrent, type ApiContext } from "../api.ts";
import { badRequest, notFound } from "../bamboo-error.ts";
import { EmployeeView } from "../employee-view.ts";
import { findFields, toColumns, toValues } from "../field-values.ts";

export const reports = createRoutes();

interface Report {
  title: string;
  fields: readonly string[];
  filters: { employeeIds?: readonly number[]; lastChanged?: { value?: string } };
}

reports.post("/reports/custom", async (context) => {
  const format = readFormat(context);
  const { title, fields: names, filters } = await readReport(context);
  demandFewFields(names);
  const { company, access } = context.var;
  const onlyCurrent = readOnlyCurrent(context);
  const fields = findFields(names, access);
  if (format === "xml") return respondWithXml(context, "text/xml", "report");
  const wantedIds = filters.employeeIds && new Set(filters.employeeIds);
  const from = Date.parse(filters.lastChanged?.value ?? "1970-01-01T00:00:00Z");
  if (Number.isNaN(from)) throw badRequest("The value of lastChanged is not a valid ISO 8601 date");
  const people = [...company.employees.values()].filter(
    (employee) =>
      access.maySee(employee) &&
      (wantedIds === undefined || wantedIds.has(employee.id)) &&
      Date.parse(employee.changedAt) >= from,
  );
  return context.json({
    title,
    fields: toColumns(fields),
    employees: people.map((employee) => toValues(new EmployeeView(company, employee, onlyCurrent), fields)),
  });
});

const MEDIA_TYPES = new Map([
  ["application/json", "json"],
  ["text/xml", "xml"],
]);

/** Formats of reports; files such as PDF are not modelled. */
function readFormat(context: ApiContext): string {
  const asked = context.req.query("format")?.toLowerCase();
  const format = asked ?? MEDIA_TYPES.get(context.req.header("accept") ?? "");
  if (format !== "json" && format !== "xml") throw notFound("Report format not found");
  return format;
}

async function readReport(context: ApiContext): Promise<Report> {
  // With any parameter, such as a charset, BambooHR reads the body as XML.
  if (context.req.header("content-type") !== "application/json") throw badRequest("Malformed XML");
  const body: unknown = await context.req.json().catch(() => undefined);
  if (typeof body !== "object" || body === null || Array.isArray(body)) throw badRequest("Malformed JSON");
  const { title = "", fields = [], filters = {} } = body as Partial<Report>;
  if (!Array.isArray(fields)) throw badRequest("Malformed JSON: fields is a list of names");
  return { title, fields, filters };
}
