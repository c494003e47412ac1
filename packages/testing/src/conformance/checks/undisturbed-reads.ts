import { failed, passed, skipped, type Check } from "../check.ts";
import { isNotApplicable } from "../options.ts";
import { readEverything } from "../read-everything.ts";
import { findDifference } from "../truth.ts";

export const recordsAreValid: Check = {
  name: "every record is valid, and a Bridge accepts it",
  async run(subject) {
    const bridge = await subject.bridge();
    const { connection } = await subject.open();
    const app = await bridge.openApp(connection);
    try {
      const { status, missing, pushed } = await app.sync();
      if (status !== "completed")
        return failed(`the read of the undisturbed system was partial: ${missing.join("; ")}`);
      const empty = Object.keys(pushed).filter((slug) => pushed[slug] === 0);
      if (empty.length > 0) return failed(`there is no ${empty.join(", ")}; add some to the upstream`);
      return passed(
        Object.entries(pushed)
          .map(([slug, count]) => `${count} ${slug}`)
          .join(", "),
      );
    } catch (error) {
      return failed((error as Error).message);
    }
  },
};

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

export const emptySystemIsRead: Check = {
  name: "an empty system is read to its end",
  async run(subject) {
    const { empty } = subject.options;
    if (isNotApplicable(empty)) return skipped(empty.notApplicable);
    const { records, error, missing } = await readEverything(subject, await subject.open(empty));
    if (error) return failed(`it threw: ${error.message}`);
    if (missing.length > 0) return failed(`it was reported as incomplete: ${missing.join("; ")}`);
    const counts = Object.entries(records).map(([slug, list]) => `${list.length} ${slug}`);
    return passed(counts.join(", "));
  },
};

export const callsStayInBudget: Check = {
  name: "a read takes no more calls than its budget",
  async run(subject) {
    const { calls } = await subject.goodRead();
    const { budget } = subject.options;
    return calls > budget.calls
      ? failed(`${calls} calls were made, but ${budget.calls} are allowed: ${budget.because}`)
      : passed(`${calls} calls of ${budget.calls} allowed: ${budget.because}`);
  },
};
