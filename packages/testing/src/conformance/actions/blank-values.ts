import { blankable, optionalFieldsOf } from "../checks/blank-values.ts";
import { failed, passed, skipped, type Finding } from "../check.ts";
import { blankField, BLANKS, rewriteBlanks, type Blank } from "../optional-fields.ts";
import type { FaultRule } from "@bridgekit/sandbox";
import type { Truth } from "../truth.ts";
import type { ActionTrial } from "./action-check.ts";
import { describeOutcome } from "./execute-action.ts";

/** If the look-ups of an action read empty values differently, it may create an account that exists. */
export async function readsBlanksAlike(trial: ActionTrial): Promise<Finding> {
  const { subject } = trial;
  const fields = new Set(await optionalFieldsOf(subject));
  const untouched = await tryTwice(trial, () => undefined);
  for (const blank of fields.size > 0 ? BLANKS : []) {
    const result = await tryTwice(trial, (call) => rewriteBlanks(call, fields, blank));
    if (!isAlike(result, untouched, blank))
      return failed(
        `if the empty values of the stand-in are ${blank}, ${result.ending}; otherwise ${untouched.ending}`,
      );
  }
  for (const name of blankable(subject)) {
    const first = await tryTwice(trial, () => blankField(name, "null"));
    for (const blank of BLANKS) {
      const result = await tryTwice(trial, () => blankField(name, blank));
      if (!isAlike(result, first, blank))
        return failed(`if ${name} is ${blank}, ${result.ending}; if it is null, ${first.ending}`);
    }
  }
  const count = fields.size + blankable(subject).length;
  return count === 0 ? skipped("no field of the stand-in is ever empty") : passed(`${count} fields`);
}

interface Ending {
  ending: string;
  isFailed: boolean;
  state: string;
}

/** An absent value may be withheld, and then an action may fail. */
function isAlike(left: Ending, right: Ending, blank: Blank): boolean {
  return (blank === "absent" && left.isFailed) || (left.ending === right.ending && left.state === right.state);
}

/** Executes the action on a fresh product, and on one where it is already done. */
async function tryTwice({ open, subject }: ActionTrial, rule: FaultRule): Promise<Ending> {
  const endings: string[] = [];
  const states: string[] = [];
  let isFailed = false;
  for (const isDoneBefore of [false, true]) {
    const { around, execute, product } = await open();
    const before = subject.options.truth(product);
    if (isDoneBefore) await execute();
    around.fault(rule);
    const outcome = await execute();
    isFailed ||= outcome.status === "failed";
    const ending = outcome.status === "completed" ? describeOutcome(outcome) : `failed with ${outcome.code}`;
    endings.push(`it ${ending}${isDoneBefore ? " the second time" : ""}`);
    states.push(describeState(before, subject.options.truth(product)));
  }
  return { ending: endings.join(" and "), isFailed, state: states.join("\n") };
}

/** The records that existed before, and the number of records now: new ids may differ between trials. */
function describeState(before: Truth, after: Truth): string {
  return JSON.stringify(
    Object.entries(after).map(([slug, list]) => {
      const known = new Set((before[slug] ?? []).map(({ id }) => id));
      return [slug, list.length, list.filter(({ id }) => known.has(id))];
    }),
  );
}
