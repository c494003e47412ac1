import { toOptionalText } from "@bridgekit/core";
import { toId18 } from "./salesforce-ids.ts";
import type { LicenseRow } from "./salesforce-models.ts";

/**
 * A license with its seats. A maximum of 0 means unlimited to a Bridge and none to Salesforce, which has negative
 * numbers too: of both no maximum is told.
 */
export function toLicense(row: LicenseRow, partial: (reason: string) => void) {
  const text = (field: "MasterLabel" | "Name" | "DeveloperName" | "Status") =>
    toOptionalText(row[field], `Salesforce's ${field} of license ${row.Id}`, partial);
  const count = (field: "TotalLicenses" | "UsedLicenses") => {
    const value: unknown = row[field] ?? undefined;
    if (typeof value === "number" || value === undefined) return value;
    partial(`Salesforce's ${field} of license ${row.Id} is a ${typeof value} where a number is expected`);
    return undefined;
  };
  const total = count("TotalLicenses") ?? -1;
  const status = text("Status");
  const said = [status && status !== "Active" && `${status}.`, total <= 0 && `Salesforce tells ${total} seats.`];
  const description = said.filter(Boolean).join(" ");
  return {
    id: toId18(row.Id),
    name: text("MasterLabel") ?? text("Name") ?? text("DeveloperName") ?? row.Id,
    ...(description !== "" && { description }),
    ...(total > 0 && { max_count: total }),
    ...(total >= 0 && { is_unlimited: false }),
    used_count: Math.max(0, count("UsedLicenses") ?? 0),
  };
}
