import { TaskError, type Ref, type RefChange } from "@bridgekit/core";
import { QUERIES_OF } from "../queries.ts";
import type { SalesforceClient } from "../salesforce-client.ts";
import { isIdOf, toId18 } from "../salesforce-ids.ts";

/** The one value that a change leaves of what a user has one of; `undefined` where it leaves what there is. */
export function toSingleValue(
  what: string,
  current: string | null,
  { added = [], removed = [] }: RefChange,
): string | null | undefined {
  const wanted = new Set(added.map(({ id }) => toId18(id)));
  if (wanted.size > 1)
    throw new TaskError(
      "INTERNAL_ERROR",
      `A Salesforce user has one ${what}, and the task gives ${wanted.size}: ${[...wanted].join(", ")}.`,
    );
  const now = current && toId18(current);
  const [value] = wanted;
  if (value !== undefined) return value === now ? undefined : value;
  return now && removed.some(({ id }) => toId18(id) === now) ? null : undefined;
}

interface LicensedProfile {
  Id: string;
  Name: string;
  UserLicenseId: string;
}

/**
 * A user license is not given by itself: the profile brings it. Fails where the licenses that a task gives and takes are
 * not those that come and go with the profile.
 */
export async function checkUserLicense(
  salesforce: SalesforceClient,
  profileId: string | null,
  { added = [], removed = [] }: RefChange,
): Promise<void> {
  if (added.length + removed.length === 0) return;
  const isId = profileId !== null && isIdOf("00e", profileId);
  const profile = isId ? await salesforce.first<LicensedProfile>(QUERIES_OF.profile(profileId)) : undefined;
  const comes = profile && toId18(profile.UserLicenseId);
  const isSame = ({ id }: Ref) => toId18(id) === comes;
  if (added.every(isSame) && !removed.some(isSame)) return;
  throw new TaskError(
    "INTERNAL_ERROR",
    `A user license comes with the profile, and profile ${profile?.Name ?? profileId} brings ` +
      `${comes ?? "none"}. Give a profile of the wanted license instead.`,
  );
}
