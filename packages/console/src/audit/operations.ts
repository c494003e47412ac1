import type { operations } from "@bridgekit/client";

/** The calls that people search the trail for, in the order in which they are offered. */
export const SOUGHT = [
  "confirmSync",
  "discardSync",
  "createTask",
  "cancelTask",
  "cancelTasks",
  "retryTasks",
  "undoTasks",
  "reportTask",
  "updateApp",
  "deleteApp",
  "createKey",
  "rotateKey",
  "deleteOldSecret",
  "revokeKey",
  "updateUser",
  "deleteUser",
  "createSignInLink",
  "erasePerson",
  "startSync",
  "completeSync",
  "abandonSync",
] as const satisfies readonly (keyof operations)[];

/** `confirmSync` as `Confirm sync`. */
export function describeOperation(operation: string): string {
  const words = operation.replaceAll(
    /([a-z])([A-Z])/g,
    (_, one: string, other: string) => `${one} ${other.toLowerCase()}`,
  );
  return words.charAt(0).toUpperCase() + words.slice(1);
}
