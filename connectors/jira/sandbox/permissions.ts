import { NotOffered } from "@bridgekit/sandbox";
import type { Caller } from "./caller.ts";
import { badRequest } from "./jira-error.ts";

interface Permission {
  id: string;
  name: string;
  type: "GLOBAL" | "PROJECT";
  /** The caller's right that gives it; absent if everybody has it. */
  needs?: "mayBrowse" | "mayAdminister" | "isSiteAdmin";
}

/** Permissions that the stand-in models, by key. */
export const PERMISSIONS: Readonly<Record<string, Permission>> = {
  ADMINISTER: { id: "0", name: "Administer Jira", type: "GLOBAL", needs: "mayAdminister" },
  SYSTEM_ADMIN: { id: "44", name: "Jira System Administrators", type: "GLOBAL", needs: "isSiteAdmin" },
  USER_PICKER: { id: "27", name: "Browse users and groups", type: "GLOBAL", needs: "mayBrowse" },
  BULK_CHANGE: { id: "33", name: "Make bulk changes", type: "GLOBAL" },
  CREATE_SHARED_OBJECTS: { id: "22", name: "Share dashboards and filters", type: "GLOBAL" },
  MANAGE_GROUP_FILTER_SUBSCRIPTIONS: { id: "24", name: "Manage group filter subscriptions", type: "GLOBAL" },
  ADMINISTER_PROJECTS: { id: "23", name: "Administer Projects", type: "PROJECT", needs: "mayAdminister" },
  BROWSE_PROJECTS: { id: "10", name: "Browse Projects", type: "PROJECT" },
};

/** Jira's other built-in permissions, which depend on permission schemes that the stand-in does not model. */
const OTHERS = new Set(
  (
    "CREATE_PROJECT MANAGE_SPRINTS_PERMISSION SERVICEDESK_AGENT VIEW_DEV_TOOLS VIEW_READONLY_WORKFLOW " +
    "VIEW_AGGREGATED_DATA ASSIGNABLE_USER ASSIGN_ISSUES CLOSE_ISSUES CREATE_ISSUES DELETE_ISSUES EDIT_ISSUES LINK_ISSUES " +
    "MODIFY_REPORTER MOVE_ISSUES RESOLVE_ISSUES SCHEDULE_ISSUES SET_ISSUE_SECURITY TRANSITION_ISSUES MANAGE_WATCHERS " +
    "VIEW_VOTERS_AND_WATCHERS ADD_COMMENTS DELETE_ALL_COMMENTS DELETE_OWN_COMMENTS EDIT_ALL_COMMENTS EDIT_OWN_COMMENTS " +
    "CREATE_ATTACHMENTS DELETE_ALL_ATTACHMENTS DELETE_OWN_ATTACHMENTS WORK_ON_ISSUES DELETE_ALL_WORKLOGS " +
    "DELETE_OWN_WORKLOGS EDIT_ALL_WORKLOGS EDIT_OWN_WORKLOGS"
  ).split(" "),
);

/** Returns a permission by key. Throws NotOffered for one that is not modelled, and refuses unknown ones. */
export function permissionOf(key: string): Permission {
  if (Object.hasOwn(PERMISSIONS, key)) return PERMISSIONS[key]!;
  if (OTHERS.has(key)) throw new NotOffered(`The permission ${key}`);
  throw badRequest(`Unrecognized permission: ${key}`);
}

export function hasPermission(caller: Caller, { needs }: Permission): boolean {
  return needs === undefined || caller[needs];
}

export function toPermission(key: string, { id, name, type }: Permission) {
  return { id, key, name, type, description: `Ability to ${name.toLowerCase()}.` };
}
