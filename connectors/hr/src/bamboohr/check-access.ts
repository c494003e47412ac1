import { isUpstreamError, type CheckResult } from "@bridgekit/core";
import { GROUP_SLUGS, type Employee } from "./bamboohr-models.ts";
import { readEmployees } from "./employees.ts";
import { readOptions, type BambooHr, type Options } from "./options.ts";

/** Tries a small read of everything that a sync reads; writes nothing. BambooHR cannot be asked what a key may write. */
export async function checkAccess({ api }: BambooHr): Promise<CheckResult[]> {
  const options = await readOptions(api);
  const list = await allowed("list", "accounts", () => api.employeePage({ "page[limit]": 1 }));
  const first = await readFirst(api, options);
  const way = list.isOk ? "read from the list" : "read from a report, because the key may not read the list";
  const hidden = GROUP_SLUGS.filter((slug) => !options[slug]);
  return [
    { name: "API key", isOk: true, message: `is accepted by ${api.system}` },
    { name: "lists", isOk: hidden.length === 0, advice: adviceOf(hidden, "departments, divisions and locations") },
    { name: "employees", isOk: !first?.hidden.length, message: way, advice: adviceOf(first?.hidden, "accounts") },
    await allowed("employment statuses", "finding people who have left", () => api.employmentRows(first?.id ?? "all")),
    await allowed("jobs", "finding departments that change on a day without reading everybody", () => api.jobRows()),
    await allowed("users", "noticing that employees are hidden from the key", () => api.userEmployeeIds()),
    await allowed("changes", "reading only changes", () => api.changedSince(Date.now())),
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
