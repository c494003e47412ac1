import type { Finding } from "../finding.ts";
import type { Subject } from "../subject.ts";

/** Something that holds for every connector. Named by what must be so. */
export interface Check {
  name: string;
  run: (subject: Subject) => Promise<Finding>;
}
