import { failed, passed, skipped, type Finding } from "../check.ts";
import type { ActionTrial } from "./action-check.ts";
import { describeOutcome, toActionOutcome } from "./execute-action.ts";

/** Runs the action through the task runner, with a task of a real Bridge. */
export async function isDoneAtAll({ action, open, subject }: ActionTrial): Promise<Finding> {
  const trial = await open();
  if (await trial.isDone()) return failed("the scenario's `isDone` returns true before anything was done");
  const bridge = await subject.bridge();
  const outcome = toActionOutcome(await bridge.runTask(trial.connection, action, trial.payload));
  if (outcome.status !== "completed") return failed(describeOutcome(outcome));
  const id: unknown = outcome.result?.account?.id;
  if (id !== undefined && (typeof id !== "string" || id === ""))
    return failed(`account.id of its result is not a text: ${id as string}`);
  return (await trial.isDone(outcome))
    ? passed("completed, and the system shows it")
    : failed("it completed, but the system shows no trace of it");
}

export async function isSafeTwice({ open, scenario: { again = "completed" } }: ActionTrial): Promise<Finding> {
  const trial = await open();
  const first = await trial.execute();
  const second = await trial.execute();
  const ending = second.status === "completed" ? "completed" : second.code;
  if (ending !== again)
    return failed(
      `the second time it ${describeOutcome(second)}, not ${again}; if that is right, set \`again\` of its scenario to "${ending}"`,
    );
  if (!(await trial.isDone(first))) return failed("after the second time the system shows another result");
  return passed(again === "completed" ? "completes again, and changes nothing" : `fails with ${again}`);
}

export async function missesAccount({ action, open, subject }: ActionTrial): Promise<Finding> {
  if (action === "create_account") return skipped("the account does not exist yet");
  const { missingAccounts } = subject.options;
  if (missingAccounts.length === 0) return failed("add an id that no account has to `missingAccounts`");
  for (const id of missingAccounts) {
    const { payload, execute } = await open();
    const outcome = await execute({ payload: { ...payload, account: { ...payload.account, id } } });
    if (outcome.status === "completed" || outcome.code !== "ACCOUNT_NOT_FOUND")
      return failed(`for account "${id}" it ${describeOutcome(outcome)}, not ACCOUNT_NOT_FOUND`);
  }
  return passed("ACCOUNT_NOT_FOUND");
}
