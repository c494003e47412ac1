import { isUpstreamError, type CheckResult } from "@bridgekit/core";
import { GROUP_SLUGS, type Employee } from "./bamboohr-models.ts";
import { readEmployees } from "./employees.ts";
import { readOptions, type BambooHr, type Options } from "./options.ts";

/** Asks for everything that a sync reads, in small; writes nothing. What a key may write can't be asked. */
export async function checkAccess({ api }: BambooHr): Promise<CheckResult[]> {
  const options = await readOptions(api);
  const list = await allowed("list", "accounts", () => api.employeePage({ "page[limit]": 1 }));
  const first = await readFirst(api, options);
  const way = list.isOk ? "read by the list" : "read by a report, because the list is refused to the key";
  const hidden = GROUP_SLUGS.filter((slug) => !options[slug]);
  return [
    { name: "API key", isOk: true, message: `is taken by ${api.system}` },
    { name: "lists", isOk: hidden.length === 0, advice: adviceOf(hidden, "departments, divisions and locations") },
    { name: "employees", isOk: !first?.hidden.length, message: way, advice: adviceOf(first?.hidden, "accounts") },
    await allowed("employment statuses", "telling who has left", () => api.employmentRows(first?.id ?? "all")),
    await allowed("jobs", "noticing departments that change on a day without reading everybody", () => api.jobRows()),
    await allowed("users", "noticing that employees are hidden from the key", () => api.userEmployeeIds()),
    await allowed("changes", "reading only what has changed", () => api.changedSince(Date.now())),
  ];
}

async function readFirst(api: BambooHr["api"], options: Options): Promise<Employee | undefined> {
  for await (const employee of readEmployees(api, { options: async () => options, partial: () => {} })) return employee;
  return undefined;
}

const adviceOf = (hidden: readonly string[] = [], purpose: string) =>
  `hidden: ${hidden.join(", ")}; needed for ${purpose}. Let the user of the key see these fields`;

async function allowed(name: string, purpose: string, call: () => Promise<unknown>): Promise<CheckResult> {
  try {
    await call();
    return { name, isOk: true };
  } catch (error) {
    if (!isUpstreamError(error, "PERMISSION_DENIED")) throw error;
    return { name, isOk: false, message: `needed for ${purpose}: ${error.message}` };
  }
}
