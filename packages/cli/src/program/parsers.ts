import type { AppTaskFilter, SyncStatus } from "@bridgekit/client";
import type { AppState } from "@bridgekit/fleet";
import { InvalidArgumentError } from "commander";

export const LOG_LEVELS = ["debug", "info", "warn", "error", "silent"];

/** What an app of a fleet may be doing. */
export const APP_STATES: readonly AppState[] = [
  "running",
  "queued",
  "due",
  "waiting",
  "paused",
  "parked",
  "deleted",
  "unseen",
];

export const SYNC_STATUSES: readonly SyncStatus[] = ["in_progress", "completing", "completed", "error", "abandoned"];

type TaskState = NonNullable<AppTaskFilter["state"]>;
/** Of tasks that have not ended. */
export const OPEN_STATES: readonly TaskState[] = ["pending", "scheduled", "in_flight"];
export const TASK_STATES: readonly TaskState[] = [...OPEN_STATES, "completed", "failed", "cancelled"];

export function toPort(text: string): number {
  const port = Number(text);
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new InvalidArgumentError("A port is a whole number from 0 to 65535.");
  return port;
}

export function toSeconds(text: string): number {
  const seconds = Number(text);
  if (!(text.trim() !== "" && seconds >= 0 && seconds <= 600))
    throw new InvalidArgumentError("Give a number of seconds from 0 to 600.");
  return seconds;
}

export function toDays(text: string): number | null {
  if (text === "forever") return null;
  const days = Number(text);
  if (!Number.isInteger(days) || days < 1) throw new InvalidArgumentError("Give a whole number of days, or forever.");
  return days;
}

export function toLimit(text: string): number | "none" {
  if (text === "none") return text;
  const count = Number(text);
  if (text.trim() === "" || !Number.isInteger(count) || count < 0)
    throw new InvalidArgumentError("Give a whole number, or none for no limit.");
  return count;
}

export function toExpiry(text: string): 7 | 30 | 90 {
  const days = Number(text);
  if (days !== 7 && days !== 30 && days !== 90) throw new InvalidArgumentError("A key expires after 7, 30 or 90 days.");
  return days;
}

export function toOverlap(text: string): number {
  const hours = Number(text);
  if (text.trim() === "" || !Number.isInteger(hours) || hours < 0 || hours > 720)
    throw new InvalidArgumentError("Give a whole number of hours from 0 to 720.");
  return hours;
}

/** Collects the values of a repeatable option. */
export function toList(value: string, values: string[] = []): string[] {
  return [...values, value];
}

export function toCount(text: string): number {
  const count = Number(text);
  if (!Number.isInteger(count) || count < 1) throw new InvalidArgumentError("Give a whole number, at least 1.");
  return count;
}
