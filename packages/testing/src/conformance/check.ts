import type { Subject } from "./subject.ts";

/** What a check found. */
export interface Finding {
  status: "passed" | "failed" | "skipped";
  /** What was looked at, what is wrong, or why it does not apply: a sentence without a full stop. */
  detail: string;
}

export const passed = (detail: string): Finding => ({ status: "passed", detail });
export const failed = (detail: string): Finding => ({ status: "failed", detail });
export const skipped = (detail: string): Finding => ({ status: "skipped", detail });

/** Something that holds for every connector. Named by what must be so. */
export interface Check {
  name: string;
  run: (subject: Subject) => Promise<Finding>;
}
