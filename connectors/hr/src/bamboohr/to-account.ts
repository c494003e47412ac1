import { GROUP_SLUGS, type Employee, type EmploymentRow } from "./bamboohr-models.ts";
import { toStatus, type EmploymentRules } from "./employment.ts";

/** What an account can do without. */
export const NAME_FIELDS: ReadonlySet<string> = new Set(["firstName", "lastName", "preferredName"]);

/**
 * The account of an employee. Without an address at work its id is the username. What is hidden is left out, and the groups
 * of a hidden field stay as the Bridge has them.
 */
export function toAccount({ id, values, hidden }: Employee, rows: readonly EmploymentRow[], rules: EmploymentRules) {
  const { firstName, lastName, preferredName, workEmail, status } = values;
  const isNameKnown = !hidden.some((field) => NAME_FIELDS.has(field));
  const displayName = [preferredName ?? firstName, lastName].filter((name) => name !== null).join(" ");
  const memberships = GROUP_SLUGS.map((slug) => [slug, values[slug] === null ? [] : [{ id: values[slug] }]]);
  const unknown = GROUP_SLUGS.filter((slug) => hidden.includes(slug));
  return {
    id,
    username: workEmail ?? id,
    ...(workEmail !== null && { email: workEmail }),
    ...(firstName !== null && { first_name: firstName }),
    ...(lastName !== null && { last_name: lastName }),
    ...(isNameKnown && displayName !== "" && { display_name: displayName }),
    status: toStatus(status, rows, rules),
    memberships: Object.fromEntries(memberships) as Record<(typeof GROUP_SLUGS)[number], { id: string }[]>,
    ...(unknown.length > 0 && { unknown_refs: unknown }),
  };
}
