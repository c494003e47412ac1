import type { Subject } from "./subject.ts";

/** What a check found. */
export interface Finding {
  status: "passed" | "failed" | "skipped";
  /** What was tried, what is wrong, or why the check does not apply: a sentence without a full stop. */
  detail: string;
}

export const passed = (detail: string): Finding => ({ status: "passed", detail });
export const failed = (detail: string): Finding => ({ status: "failed", detail });
export const skipped = (detail: string): Finding => ({ status: "skipped", detail });

/** Something that must hold for every connector; the name states it. */
export interface Check {
  name: string;
  run: (subject: Subject) => Promise<Finding>;
}
