import type { CheckResult } from "@bridgekit/core";
import { FORBIDDEN, UNAUTHORIZED } from "./upstream-faults.ts";
import { failed, passed } from "../check.ts";
import type { Opened, Subject } from "../subject.ts";
import { describeError } from "../read-everything.ts";
import type { Check } from "../check.ts";

/** Runs the connector's `check`; an error counts as one failed result. */
async function check({ messages }: Subject, { connection }: Opened<unknown>): Promise<readonly CheckResult[]> {
  try {
    return await connection.check();
  } catch (error) {
    messages.push(describeError(error as Error));
    return [{ name: "check", isOk: false, message: (error as Error).message }];
  }
}

export const checkReportsAccess: Check = {
  name: "check reports whether there is access",
  async run(subject) {
    const results = await check(subject, await subject.open());
    const wrong = results.find(({ isOk }) => !isOk);
    if (results.length === 0) return failed("it returns no results; let it check the credentials at least");
    if (wrong) return failed(`"${wrong.name}" failed although nothing is wrong: ${wrong.message ?? ""}`);
    for (const fault of [subject.options.unauthorized ?? UNAUTHORIZED, subject.options.forbidden ?? FORBIDDEN]) {
      const opened = await subject.open();
      opened.around.fault(() => fault);
      if ((await check(subject, opened)).every(({ isOk }) => isOk))
        return failed("all results are ok although the system refuses every call");
    }
    return passed(`${results.length} results`);
  },
};
