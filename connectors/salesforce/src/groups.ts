import { toOptionalText, toTexts, type SyncContext } from "@bridgekit/core";
import type { AssignedSlug, Salesforce } from "./assignments.ts";
import type { GroupRow, MemberRow } from "./queries.ts";
import { isSalesforceError } from "./salesforce-errors.ts";
import { isIdOf, toId18 } from "./salesforce-ids.ts";

export type Context = SyncContext<Salesforce, AssignedSlug>;
type Row = { Id: string } & Record<string, unknown>;
type Partial = (reason: string) => void;

/**
 * Reads the rows of a type; none if the org does not have its object. Salesforce returns the same error if the user may not
 * see the object, so nobody may lose anything: `onAbsent` gets the reason.
 */
export async function* ifPresent<T>(rows: AsyncIterable<T>, what: string, onAbsent: Partial): AsyncGenerator<T> {
  try {
    yield* rows;
  } catch (error) {
    if (!isSalesforceError(error, "INVALID_TYPE")) throw error;
    const why = "because this org does not have it or does not show it to the connector's user";
    onAbsent(`${what} is omitted, ${why}: ${(error as Error).message}`);
  }
}

/** Reads rows whose name is the first of these fields with a text. */
export async function* readNamed({ client, partial }: Context, slug: string, soql: string, names: string[]) {
  for await (const row of ifPresent(client.salesforce.query<Row>(soql), slug, partial))
    yield { id: toId18(row.Id), name: nameOf(row, names, partial), ...descriptionOf(row, partial) };
}

const descriptionOf = (row: Row, partial: Partial) =>
  toTexts(row, { description: "Description" }, row.Id, (reason) => partial(`Salesforce's ${reason}`));

function nameOf(row: Row, names: readonly string[], partial: Partial = () => {}): string {
  const texts = names.map((field) => toOptionalText(row[field], `Salesforce's ${field} of ${row.Id}`, partial));
  return texts.find((text) => text !== undefined) ?? toId18(row.Id);
}

export async function* readRoles({ client }: Context, soql: string) {
  type RoleRow = { Id: string; Name: string; ParentRoleId: string | null };
  const rows = await Array.fromAsync(client.salesforce.query<RoleRow>(soql));
  const names = new Map(rows.map(({ Id, Name }) => [toId18(Id), Name]));
  for (const { Id, Name, ParentRoleId } of rows) {
    const parent = ParentRoleId && names.get(toId18(ParentRoleId));
    yield { id: toId18(Id), name: Name, ...(parent && { description: `Below ${parent}.` }) };
  }
}

/**
 * Converts public groups or queues. Members of a nested group are not listed as members of the outer one, since they cannot be
 * removed from it; the description of the outer group names the nested one.
 */
export function* toGroups(type: "Regular" | "Queue", groups: readonly GroupRow[], members: readonly MemberRow[]) {
  const byId = new Map(groups.map((group) => [toId18(group.Id), group]));
  const inner = members.filter(({ UserOrGroupId }) => isIdOf("00G", UserOrGroupId));
  const nested = Map.groupBy(inner, ({ GroupId }) => toId18(GroupId));
  for (const group of groups.filter(({ Type }) => Type === type)) {
    const id = toId18(group.Id);
    const names = nested.get(id)?.map(({ UserOrGroupId: inside }) => describe(byId.get(toId18(inside))) ?? inside);
    const text = names && { description: `Contains: ${names.sort().join(", ")}.` };
    yield { id, name: nameOf(group, ["Name", "DeveloperName"]), ...text };
  }
}

/** Groups that Salesforce maintains for a role or for everybody have no name. */
function describe(group: GroupRow | undefined): string | undefined {
  if (group?.Type === "Organization") return "all internal users";
  const name = group && nameOf(group, ["Name", "DeveloperName"]);
  if (group?.Type === "Role") return `role ${name}`;
  return group?.Type.startsWith("RoleAndSubordinates") ? `role ${name} and those below it` : name;
}

/**
 * Converts licenses with their seats. A maximum of 0 means unlimited in the Bridge but none in Salesforce, which also has
 * negative numbers, so neither is passed on.
 */
export async function* readLicenses({ client, partial }: Context, slug: string, soql: string) {
  for await (const row of ifPresent(client.salesforce.query<Row>(soql), slug, partial)) {
    const count = (field: "TotalLicenses" | "UsedLicenses") => {
      const value = row[field] ?? undefined;
      if (typeof value === "number" || value === undefined) return value;
      partial(`Salesforce's ${field} of license ${row.Id} is a ${typeof value} where a number is expected`);
      return undefined;
    };
    const total = count("TotalLicenses") ?? -1;
    const status = toOptionalText(row["Status"], `Salesforce's Status of license ${row.Id}`, partial);
    const said = [status && status !== "Active" && `${status}.`, total <= 0 && `Salesforce reports ${total} seats.`];
    const description = said.filter(Boolean).join(" ");
    yield {
      id: toId18(row.Id),
      name: nameOf(row, ["MasterLabel", "Name", "DeveloperName"], partial),
      ...(description !== "" && { description }),
      ...(total > 0 && { max_count: total }),
      ...(total >= 0 && { is_unlimited: false }),
      used_count: Math.max(0, count("UsedLicenses") ?? 0),
    };
  }
}
