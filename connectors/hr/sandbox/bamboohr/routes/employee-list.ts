import type { Access } from "../access.ts";
import { createRoutes, splitNames } from "../api.ts";
import { badList } from "../bamboo-error.ts";
import { EmployeeView } from "../employee-view.ts";
import { FIELDS } from "../fields.ts";
import { readPage, takePage } from "../page.ts";
import { sortViews } from "../sort-views.ts";

export const employeeList = createRoutes();

const ALWAYS = ["firstName", "lastName", "preferredName", "photoUrl", "jobTitleName", "status"];

/** Other known fields, without values in the sandbox. */
const OPTIONAL = new Set(
  (
    "workEmail homeEmail bestEmail middleName workPhone workPhoneExtension mobilePhone homePhone skypeUsername " +
    "linkedinUrl facebookUrl instagramUrl twitterUrl pinterestUrl birthDate hireDate divisionName divisionId " +
    "departmentName departmentId locationName locationId jobTitleId employmentStatusName employmentStatusId " +
    "reportsToName reportsToId"
  ).split(" "),
);

employeeList.get("/employees", (context) => {
  const { company, access, pageSize, base } = context.var;
  const query = new URL(context.req.url).searchParams;
  const request = readPage(query);
  const isWanted = readFilter(query, access);
  const names = [...ALWAYS, ...new Set(query.getAll("fields").flatMap(splitNames))].filter(
    (name) => ALWAYS.includes(name) || OPTIONAL.has(name),
  );
  const all = Array.from(company.employees.values(), (employee) => new EmployeeView(company, employee));
  const views = sortViews(all.filter(isWanted), query.get("sort") ?? "employeeId", access);
  const matching = views.map((view) => ({ id: view.employee.id, view }));
  const { rows, nextCursor, prevCursor } = takePage(matching, request, pageSize);

  function link(parameter: string, cursor: string) {
    const linked = new URLSearchParams(query);
    linked.delete("page[after]");
    linked.delete("page[before]");
    linked.set(parameter, cursor);
    return { href: `${base}/employees?${linked.toString()}` };
  }
  return context.json({
    // Hidden employees leave gaps in their pages.
    data: rows.filter(({ view }) => access.maySee(view.employee)).map(({ view }) => toListed(view, names, access)),
    meta: {
      total: views.filter(({ employee }) => access.maySee(employee)).length,
      page: { limit: request.limit, nextCursor, prevCursor },
    },
    _links: {
      self: { href: `${base}/employees?${query.toString()}` },
      ...(nextCursor !== null && { next: link("page[after]", nextCursor) }),
      ...(prevCursor !== null && { prev: link("page[before]", prevCursor) }),
    },
  });
});

function toListed(view: EmployeeView, names: readonly string[], access: Access) {
  const restricted = names.filter((name) => access.hides(name));
  return {
    employeeId: String(view.employee.id),
    ...Object.fromEntries(
      names.map((name) => [name, restricted.includes(name) ? null : (FIELDS.get(name)?.read(view) ?? null)]),
    ),
    _restrictedFields: restricted,
  };
}

type Filter = (view: EmployeeView) => boolean;

/** Excludes employees with a hidden value, so that a filter does not reveal it. */
function readFilter(query: URLSearchParams, access: Access): Filter {
  const filters: Filter[] = [];
  for (const [parameter, text] of query) {
    const name = /^filter\[(\w+)\](?:\[\d*\])?$/.exec(parameter)?.[1];
    if (name === undefined) continue;
    switch (name) {
      case "ids": {
        const ids = new Set(query.getAll(parameter).flatMap(splitNames).map(Number));
        filters.push(({ employee }) => ids.has(employee.id));
        break;
      }
      case "status":
        if (text !== "active" && text !== "inactive") throw badList(`filter[status] can't be "${text}"`);
        filters.push(({ status }) => !access.hides("status") && status.toLowerCase() === text);
        break;
      case "firstName":
      case "lastName":
      case "jobTitleName": {
        const { read } = FIELDS.get(name)!;
        const part = text.toLowerCase();
        filters.push((view) => !access.hides(name) && (read(view) ?? "").toLowerCase().includes(part));
        break;
      }
      default:
        throw badList(`filter[${name}] is not known`);
    }
  }
  return (view) => filters.every((filter) => filter(view));
}
