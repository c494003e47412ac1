import type { CheckResult } from "@bridgekit/core";
import { FORBIDDEN, UNAUTHORIZED } from "./upstream-faults.ts";
import { failed, passed } from "../check.ts";
import type { Opened, Subject } from "../subject.ts";
import { describeError } from "../read-everything.ts";
import type { Check } from "../check.ts";

/** What `check` found; a throw counts as one thing that is not ok. */
async function check({ said }: Subject, { connection }: Opened<unknown>): Promise<readonly CheckResult[]> {
  try {
    return await connection.check();
  } catch (error) {
    said.push(describeError(error as Error));
    return [{ name: "check", isOk: false, message: (error as Error).message }];
  }
}

export const checkReportsAccess: Check = {
  name: "check says whether there is access",
  async run(subject) {
    const results = await check(subject, await subject.open());
    const wrong = results.find(({ isOk }) => !isOk);
    if (results.length === 0) return failed("it finds nothing at all; let it ask for the credentials at least");
    if (wrong) return failed(`"${wrong.name}" is not ok although nothing is wrong: ${wrong.message ?? ""}`);
    for (const fault of [subject.options.unauthorized ?? UNAUTHORIZED, subject.options.forbidden ?? FORBIDDEN]) {
      const opened = await subject.open();
      opened.around.fault(() => fault);
      if ((await check(subject, opened)).every(({ isOk }) => isOk))
        return failed("all is ok although the system turns every call away");
    }
    return passed(`${results.length} things are looked at`);
  },
};
