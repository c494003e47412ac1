import type { Task } from "@bridgekit/client";

/** Whether a task has not ended. */
export const isOpen = ({ status }: Task): boolean => status === "pending" || status === "scheduled";
