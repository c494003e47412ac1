import { failed, passed } from "../finding.ts";
import type { Check } from "./check.ts";

export const callsStayInBudget: Check = {
  name: "a read takes no more calls than its budget",
  async run(subject) {
    const { calls } = await subject.goodRead();
    const { budget } = subject.options;
    return calls > budget.calls
      ? failed(`${calls} calls were made, ${budget.calls} are allowed: ${budget.because}`)
      : passed(`${calls} calls of ${budget.calls} allowed: ${budget.because}`);
  },
};
