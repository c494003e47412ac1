import type { Ref } from "@bridgekit/core";
import { permissionSetAssignments, QUERIES } from "./queries.ts";
import { rowsOf } from "./rows-of.ts";
import type { SalesforceClient } from "./salesforce-client.ts";
import type { SalesforceConfig } from "./salesforce-config.ts";
import { isIdOf, toId18 } from "./salesforce-ids.ts";
import type { GroupMemberRow, LicenseAssignmentRow, PermissionSetAssignmentRow } from "./salesforce-models.ts";

export type AssignedSlug =
  | "permission_set"
  | "permission_set_group"
  | "public_group"
  | "queue"
  | "permission_set_license";

/** What users have, by type and user. */
export class Assignments {
  readonly #refs = new Map<AssignedSlug, Map<string, Ref[]>>();
  /** Users of whom an assignment tells that they are there. */
  readonly assignees = new Set<string>();

  open(...slugs: readonly AssignedSlug[]): void {
    for (const slug of slugs) this.#refs.set(slug, new Map());
  }

  add(slug: AssignedSlug, userId: string, id: string): void {
    const users = this.#refs.get(slug);
    if (!users) return;
    const refs = users.get(userId) ?? [];
    users.set(userId, refs);
    refs.push({ id: toId18(id) });
  }

  /** By slug, in the order of ids, so that an account that did not change reads the same. */
  of<Slug extends AssignedSlug>(userId: string, slugs: readonly Slug[]): Partial<Record<Slug, Ref[]>> {
    const known = slugs.filter((slug) => this.#refs.has(slug));
    const entries = known.map((slug) => [
      slug,
      (this.#refs.get(slug)!.get(userId) ?? []).toSorted((a, b) => (a.id < b.id ? -1 : 1)),
    ]);
    return Object.fromEntries(entries) as Partial<Record<Slug, Ref[]>>;
  }
}

export interface AssignmentRows {
  salesforce: SalesforceClient;
  without: SalesforceConfig["without"];
  memberRows: AsyncIterable<GroupMemberRow> | Iterable<GroupMemberRow>;
  unknownRefs: (slug: AssignedSlug, reason: string) => void;
}

/** Reads all assignments, by object and never by user. Where an object is not there, users keep what they have by it. */
export async function readAssignments({
  salesforce,
  without,
  memberRows,
  unknownRefs,
}: AssignmentRows): Promise<Assignments> {
  const assignments = new Assignments();
  const absent = (...slugs: readonly AssignedSlug[]) => ({
    slug: `what users have of ${slugs.join(" and ")}`,
    onAbsent: (reason: string) => slugs.forEach((slug) => unknownRefs(slug, reason)),
  });
  const hasGroups = !without.includes("permission_set_group");
  const ofSets = ["permission_set", ...(hasGroups ? (["permission_set_group"] as const) : [])] as const;
  assignments.open(...ofSets);
  const setRows = salesforce.query<PermissionSetAssignmentRow>(permissionSetAssignments(hasGroups));
  for await (const row of rowsOf(setRows, absent(...ofSets))) {
    const userId = toId18(row.AssigneeId);
    assignments.assignees.add(userId);
    const held = toHeld(row);
    if (held) assignments.add(held.slug, userId, held.id);
  }

  const groupSlugs = (["public_group", "queue"] as const).filter((slug) => !without.includes(slug));
  assignments.open(...groupSlugs);
  if (groupSlugs.length > 0)
    for await (const row of rowsOf(toAsync(memberRows), absent(...groupSlugs)))
      if (isIdOf("005", row.UserOrGroupId)) assignments.add(toGroupSlug(row), toId18(row.UserOrGroupId), row.GroupId);

  if (without.includes("permission_set_license")) return assignments;
  assignments.open("permission_set_license");
  const licenseRows = salesforce.query<LicenseAssignmentRow>(QUERIES.licenseAssignments);
  for await (const row of rowsOf(licenseRows, absent("permission_set_license"))) {
    const userId = toId18(row.AssigneeId);
    assignments.assignees.add(userId);
    assignments.add("permission_set_license", userId, row.PermissionSetLicenseId);
  }
  return assignments;
}

const TYPES_OF_SETS = new Set(["Regular", "Standard", "Session"]);

/** What an assignment gives: the group of sets, and not the set that stands behind it, or the set itself. */
export function toHeld({
  PermissionSetGroupId,
  PermissionSetId,
  PermissionSet,
}: PermissionSetAssignmentRow): { slug: "permission_set" | "permission_set_group"; id: string } | undefined {
  if (PermissionSetGroupId) return { slug: "permission_set_group", id: PermissionSetGroupId };
  const isShown = PermissionSetId && TYPES_OF_SETS.has(PermissionSet?.Type ?? "");
  return isShown ? { slug: "permission_set", id: PermissionSetId } : undefined;
}

export function toGroupSlug({ Group }: GroupMemberRow): "public_group" | "queue" {
  return Group?.Type === "Queue" ? "queue" : "public_group";
}

async function* toAsync<Row>(rows: AsyncIterable<Row> | Iterable<Row>): AsyncGenerator<Row> {
  yield* rows;
}
