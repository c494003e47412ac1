import { isUpstreamError, type CheckResult } from "@bridgekit/core";
import type { BambooHrClient } from "./bamboohr-client.ts";
import { GROUP_SLUGS, type Employee } from "./bamboohr-models.ts";
import type { BambooHr } from "./connect.ts";
import { readOptions, type Options } from "./options.ts";
import { readEmployees } from "./read-employees.ts";

/** Asks for everything that a sync reads, in small; writes nothing. What a key may write can't be asked. */
export async function checkAccess({ api }: BambooHr): Promise<CheckResult[]> {
  const options = await readOptions(api);
  const lacking = GROUP_SLUGS.filter((slug) => !options[slug]);
  const first = await readFirst(api, options);
  return [
    { name: "API key", isOk: true, message: `is taken by ${api.system}` },
    seen("lists", lacking, "departments, divisions and locations"),
    seen("employees", first?.hidden ?? [], "accounts"),
    await allowed("employment statuses", "telling who has left", () => api.employmentRows(first?.id ?? "all")),
    await allowed("users", "noticing that employees are hidden from the key", () => api.users()),
    await allowed("changes", "reading only what has changed", () => api.changedSince(new Date().toISOString())),
  ];
}

async function readFirst(api: BambooHrClient, options: Options): Promise<Employee | undefined> {
  for await (const employee of readEmployees(api, { options: async () => options, partial: () => {} })) return employee;
  return undefined;
}

function seen(name: string, hidden: readonly string[], purpose: string): CheckResult {
  if (hidden.length === 0) return { name, isOk: true };
  const message = `hidden: ${hidden.join(", ")}; needed for ${purpose}. Let the user of the key see these fields`;
  return { name, isOk: false, message };
}

async function allowed(name: string, purpose: string, call: () => Promise<unknown>): Promise<CheckResult> {
  try {
    await call();
    return { name, isOk: true };
  } catch (error) {
    if (!isUpstreamError(error) || error.code !== "PERMISSION_DENIED") throw error;
    return { name, isOk: false, message: `needed for ${purpose}: ${error.message}` };
  }
}
