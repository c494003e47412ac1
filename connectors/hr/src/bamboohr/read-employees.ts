import { isUpstreamError } from "@bridgekit/core";
import type { BambooHrClient } from "./bamboohr-client.ts";
import type { Employee } from "./bamboohr-models.ts";
import { listEmployees } from "./list-employees.ts";
import type { Options } from "./options.ts";
import { reportEmployees } from "./report-employees.ts";

export interface ReadOptions {
  /** Departments, divisions and locations, which a report tells by name. */
  options: () => Promise<Options>;
  /** Of these employees only. */
  ids?: readonly string[];
  /** Called with the reason where something is missing; where absent, that throws. */
  partial?: (reason: string) => void;
}

/** Whether the key may not make a call. */
export function isRefused(error: unknown): boolean {
  return isUpstreamError(error) && error.code === "PERMISSION_DENIED";
}

/**
 * The employees, by the list, which proves its end and tells what is hidden. BambooHR describes it for OAuth alone: a key
 * to which it is refused gets a report instead.
 */
export async function* readEmployees(
  client: BambooHrClient,
  { options, ids, partial }: ReadOptions,
): AsyncGenerator<Employee> {
  let isListed = false;
  try {
    for await (const employee of listEmployees(client, { ids, onDoubt: partial })) {
      isListed = true;
      yield employee;
    }
    return;
  } catch (error) {
    if (isListed || !isRefused(error)) throw error;
  }
  yield* reportEmployees(client, await options(), ids);
}
