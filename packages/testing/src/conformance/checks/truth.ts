import { failed, passed } from "../finding.ts";
import { findDifference } from "../truth.ts";
import type { Check } from "./check.ts";

export const readsTellTheTruth: Check = {
  name: "a read yields what the product has",
  async run(subject) {
    const { records, error } = await subject.goodRead();
    if (error) return failed(`reading the undisturbed system failed: ${error.message}`);
    const truth = subject.options.truth(await subject.options.upstream());
    const difference = findDifference(records, truth);
    if (difference !== undefined) return failed(difference);
    const counts = Object.entries(truth).map(([slug, list]) => `${list.length} ${slug}`);
    return passed(`${counts.join(", ")}, with status and refs`);
  },
};
