import { toId18 } from "./salesforce-ids.ts";
import type { LicenseRow } from "./salesforce-models.ts";

/**
 * A license with its seats. A maximum of 0 means unlimited to a Bridge and none to Salesforce, which has negative
 * numbers too: of both no maximum is told.
 */
export function toLicense({ Id, MasterLabel, Name, DeveloperName, Status, TotalLicenses, UsedLicenses }: LicenseRow) {
  const total = TotalLicenses ?? -1;
  const said = [Status && Status !== "Active" && `${Status}.`, total <= 0 && `Salesforce tells ${total} seats.`];
  const description = said.filter(Boolean).join(" ");
  return {
    id: toId18(Id),
    name: MasterLabel ?? Name ?? DeveloperName ?? Id,
    ...(description !== "" && { description }),
    ...(total > 0 && { max_count: total }),
    ...(total >= 0 && { is_unlimited: false }),
    used_count: Math.max(0, UsedLicenses ?? 0),
  };
}
