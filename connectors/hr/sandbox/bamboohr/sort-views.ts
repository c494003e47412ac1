import type { Access } from "./access.ts";
import { splitNames } from "./api.ts";
import { badList } from "./bamboo-error.ts";
import type { EmployeeView } from "./employee-view.ts";
import { FIELDS } from "./fields.ts";

const SORTABLE = new Set(["employeeId", "firstName", "lastName", "preferredName", "jobTitleName", "status"]);

/** Sorts by comma-separated names, with "-" for descending; employees with a hidden value are excluded. */
export function sortViews(views: EmployeeView[], sort: string, access: Access): EmployeeView[] {
  const keys = splitNames(sort).map((text) => ({ name: text.replace(/^-/, ""), sign: text.startsWith("-") ? -1 : 1 }));
  for (const { name } of keys) if (!SORTABLE.has(name)) throw badList(`"${name}" is not a field to sort by`);
  if (keys.some(({ name }) => access.hides(name))) return [];
  return views.sort((left, right) => {
    for (const { name, sign } of keys) {
      const order = compare(name, left, right);
      if (order !== 0) return sign * order;
    }
    return left.employee.id - right.employee.id;
  });
}

/** Missing values come first. */
function compare(name: string, left: EmployeeView, right: EmployeeView): number {
  if (name === "employeeId") return left.employee.id - right.employee.id;
  const field = FIELDS.get(name)!;
  const [first, second] = [field.read(left) ?? "", field.read(right) ?? ""];
  return first < second ? -1 : Number(first > second);
}
