import { blankable, optionalFieldsOf } from "../checks/blank-values.ts";
import { failed, passed, skipped, type Finding } from "../check.ts";
import { blankField, BLANKS, rewriteBlanks, type Blank } from "../optional-fields.ts";
import type { FaultRule } from "@bridgekit/sandbox";
import type { Truth } from "../truth.ts";
import type { ActionTrial } from "./action-check.ts";
import { describeOutcome } from "./execute-action.ts";

/** The look-ups of an action read a value that is not there in one way, or somebody who exists is made again. */
export async function readsBlanksAlike(trial: ActionTrial): Promise<Finding> {
  const { subject } = trial;
  const fields = new Set(await optionalFieldsOf(subject));
  const untouched = await tryTwice(trial, () => undefined);
  for (const blank of fields.size > 0 ? BLANKS : []) {
    const result = await tryTwice(trial, (call) => rewriteBlanks(call, fields, blank));
    if (!isAlike(result, untouched, blank))
      return failed(`where the empty values of the stand-in are ${blank}, ${result.told}; otherwise ${untouched.told}`);
  }
  for (const name of blankable(subject)) {
    const first = await tryTwice(trial, () => blankField(name, "null"));
    for (const blank of BLANKS) {
      const result = await tryTwice(trial, () => blankField(name, blank));
      if (!isAlike(result, first, blank))
        return failed(`where ${name} is ${blank}, ${result.told}; where it is null, ${first.told}`);
    }
  }
  const count = fields.size + blankable(subject).length;
  return count === 0 ? skipped("no field of the stand-in is ever empty") : passed(`${count} fields`);
}

interface Ending {
  told: string;
  isFailed: boolean;
  state: string;
}

/** A value that is not there at all may be one that is withheld, and then an action may fail. */
function isAlike(left: Ending, right: Ending, blank: Blank): boolean {
  return (blank === "absent" && left.isFailed) || (left.told === right.told && left.state === right.state);
}

/** How the action ends the first time and, of a product where it is done, the second time. */
async function tryTwice({ open, subject }: ActionTrial, rule: FaultRule): Promise<Ending> {
  const told: string[] = [];
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
    told.push(`it ${ending}${isDoneBefore ? " the second time" : ""}`);
    states.push(describeState(before, subject.options.truth(product)));
  }
  return { told: told.join(" and "), isFailed, state: states.join("\n") };
}

/** Whoever was there before, and how many there are now: new ids may differ from trial to trial. */
function describeState(before: Truth, after: Truth): string {
  return JSON.stringify(
    Object.entries(after).map(([slug, list]) => {
      const known = new Set((before[slug] ?? []).map(({ id }) => id));
      return [slug, list.length, list.filter(({ id }) => known.has(id))];
    }),
  );
}
