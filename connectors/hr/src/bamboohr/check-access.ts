import type { CheckResult } from "@bridgekit/core";
import type { BambooHrClient } from "./bamboohr-client.ts";
import { GROUP_SLUGS, type Employee } from "./bamboohr-models.ts";
import type { BambooHr } from "./connect.ts";
import { readOptions, type Options } from "./options.ts";
import { isRefused, readEmployees } from "./read-employees.ts";
import { toMoment } from "./to-moment.ts";

/** Asks for everything that a sync reads, in small; writes nothing. What a key may write can't be asked. */
export async function checkAccess({ api }: BambooHr): Promise<CheckResult[]> {
  const options = await readOptions(api);
  const list = await allowed("list", () => api.employeePage({ "page[limit]": 1 }));
  const first = await readFirst(api, options);
  const way = list.isOk ? "read by the list" : "read by a report, because the list is refused to the key";
  return [
    { name: "API key", isOk: true, message: `is taken by ${api.system}` },
    seen("lists", "departments, divisions and locations", {
      hidden: GROUP_SLUGS.filter((slug) => !options[slug]),
    }),
    seen("employees", "accounts", { hidden: first?.hidden ?? [], message: way }),
    await allowed("employment statuses", () => api.employmentRows(first?.id ?? "all"), "telling who has left"),
    await allowed("jobs", () => api.jobRows(), "noticing departments that change on a day without reading everybody"),
    await allowed("users", () => api.users(), "noticing that employees are hidden from the key"),
    await allowed("changes", () => api.changedSince(toMoment(Date.now())), "reading only what has changed"),
  ];
}

async function readFirst(api: BambooHrClient, options: Options): Promise<Employee | undefined> {
  for await (const employee of readEmployees(api, { options: async () => options, partial: () => {} })) return employee;
  return undefined;
}

function seen(
  name: string,
  purpose: string,
  { hidden, message }: { hidden: readonly string[]; message?: string },
): CheckResult {
  if (hidden.length === 0) return { name, isOk: true, ...(message !== undefined && { message }) };
  const advice = `hidden: ${hidden.join(", ")}; needed for ${purpose}. Let the user of the key see these fields`;
  return { name, isOk: false, message: advice };
}

async function allowed(name: string, call: () => Promise<unknown>, purpose = "accounts"): Promise<CheckResult> {
  try {
    await call();
    return { name, isOk: true };
  } catch (error) {
    if (!isRefused(error)) throw error;
    return { name, isOk: false, message: `needed for ${purpose}: ${(error as Error).message}` };
  }
}
