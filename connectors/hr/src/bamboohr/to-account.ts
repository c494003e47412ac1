import { GROUP_SLUGS, type Employee, type EmploymentRow } from "./bamboohr-models.ts";
import { toStatus, type EmploymentRules } from "./employment.ts";

/** The account of an employee. Without an address at work its id is the username. */
export function toAccount({ id, values }: Employee, rows: readonly EmploymentRow[], rules: EmploymentRules) {
  const { firstName, lastName, preferredName, workEmail, status } = values;
  const displayName = [preferredName ?? firstName, lastName].filter((name) => name !== null).join(" ");
  const memberships = GROUP_SLUGS.map((slug) => [slug, values[slug] === null ? [] : [{ id: values[slug] }]]);
  return {
    id,
    username: workEmail ?? id,
    ...(workEmail !== null && { email: workEmail }),
    ...(firstName !== null && { first_name: firstName }),
    ...(lastName !== null && { last_name: lastName }),
    ...(displayName !== "" && { display_name: displayName }),
    status: toStatus(status, rows, rules),
    memberships: Object.fromEntries(memberships) as Record<(typeof GROUP_SLUGS)[number], { id: string }[]>,
  };
}
