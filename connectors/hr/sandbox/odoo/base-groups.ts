import type { GroupRow } from "./state.ts";

/** Ids of the groups that the sandbox treats specially, as the recorded Odoo 19 numbered them. */
export const GROUP = {
  user: 1,
  accessRights: 2,
  administrator: 4,
  contactCreation: 9,
  portal: 10,
  public: 11,
  newUserDefaults: 12,
  employeeOfficer: 17,
  employeeAdministrator: 18,
} as const;

/** Mutually exclusive groups: the types of users. */
export const USER_TYPE_GROUPS: readonly number[] = [GROUP.user, GROUP.portal, GROUP.public];

export const BASE_PRIVILEGES: Record<string, string> = {
  1: "Export",
  2: "Contact",
  3: "Canned Responses",
  4: "Employees",
};

const EXTERNAL_COMMENT =
  "Portal members have specific access rights (such as record rules and restricted menus).\n" +
  "                They usually do not belong to the usual Odoo groups.";

/** The 18 groups of a fresh Odoo 19 with Employees installed (from the recording). */
export const BASE_GROUPS: readonly GroupRow[] = [
  group(1, "Role / User", [7], false, "Access to the home menu"),
  group(2, "Access Rights", [1]),
  group(3, "Bypass HTML Field Sanitize", []),
  group(4, "Role / Administrator", [14, 9, 8, 2, 3, 15, 13, 7], false, "Access to the settings to configure the apps"),
  group(5, "Multi Companies", []),
  group(6, "Multi Currencies", []),
  group(7, "Technical Features", []),
  group(8, "Allowed", [], 1),
  group(9, "Creation", [], 2),
  group(10, "Role / Portal", [], false, EXTERNAL_COMMENT),
  group(11, "Role / Public", [], false, EXTERNAL_COMMENT.replace("Portal members", "Public users")),
  group(12, "Default access for new users", [18]),
  group(13, "Technical Documentation", []),
  group(14, "Canned Response Administrator", [], 3),
  group(15, "Mail Template Editor", []),
  group(16, "Receive notifications in Odoo", []),
  group(17, "Officer: Manage all employees", [1], 4, "The user will be able to create and edit employees."),
  group(
    18,
    "Administrator",
    [17],
    4,
    "The user will have access to the human resources configuration as well as statistic reports.",
  ),
];

function group(
  id: number,
  name: string,
  impliedIds: number[],
  privilegeId: number | false = false,
  comment: string | false = false,
): GroupRow {
  return {
    id,
    name,
    privilege_id: privilegeId,
    share: false,
    comment,
    implied_ids: impliedIds,
    write_date: "2026-01-05 08:00:00",
  };
}
