import { when, type Fault, type FaultRule } from "../../sandbox/index.ts";
import { failed, passed, type Finding } from "../finding.ts";
import { defaultListOf } from "../list-of.ts";
import { choosePositions, describePositions, MAX_FAULT_POSITIONS } from "../positions.ts";
import { isSameButUnknown, isSameTruth, readEverything } from "../read-everything.ts";
import type { Subject } from "../subject.ts";
import type { Check } from "./check.ts";

// Far more than any retry needs, far less than for ever.
const ENDLESS_FACTOR = 20;
const ENDLESS_BASE = 200;

/**
 * Tries a fault at every call of a read. A read must throw, say that it is partial or which refs are not known, or tell
 * the same as an undisturbed one.
 */
async function tryEverywhere(
  subject: Subject,
  makeRules: (position: number) => readonly FaultRule[],
): Promise<Finding> {
  const good = await subject.goodRead();
  const positions = choosePositions(good.calls, subject.options.maxFaultPositions ?? MAX_FAULT_POSITIONS);
  for (const position of positions)
    for (const rule of makeRules(position)) {
      const opened = await subject.open();
      const sent: string[] = [];
      opened.around.fault((call) => void sent.push(`${call.method} ${call.path}`));
      const maxCalls = good.calls * ENDLESS_FACTOR + ENDLESS_BASE;
      const read = await readEverything(subject, opened, { rule, maxCalls });
      const where = `call ${position} of ${good.calls} (${sent[position - 1] ?? "not reached"})`;
      if (read.isEndless) return failed(`at ${where}: the read never ended`);
      const isSaid = read.error !== undefined || read.missing.length > 0 || isSameButUnknown(read, good);
      if (!isSaid && !isSameTruth(read, good))
        return failed(`at ${where}: the read ended as if it were whole, and told something else`);
    }
  return passed(describePositions(positions, good.calls));
}

/** From a call on, what `fault` says of it and of the later calls of the same list. */
function sameListFrom(position: number, { options }: Subject, fault: Fault): FaultRule {
  const listOf = options.listOf ?? defaultListOf;
  let seen = 0;
  let list: string | undefined;
  return (call) => {
    seen++;
    if (seen === position) list = listOf(call);
    return list !== undefined && listOf(call) === list ? fault : undefined;
  };
}

/** The fault passes, stays with one list, or stays altogether. */
const faultCheck = (name: string, faultOf: (subject: Subject) => Fault): Check => ({
  name,
  run(subject) {
    const fault = faultOf(subject);
    return tryEverywhere(subject, (position) => [
      when({ nth: position, times: 1 }, fault),
      sameListFrom(position, subject, fault),
      when({ nth: position }, fault),
    ]);
  },
});

export const upstreamFaults: readonly Check[] = [
  faultCheck("a system that fails is an error or partial, at every call", () => ({ kind: "answer", status: 500 })),
  faultCheck("a broken connection is an error or partial, at every call", () => ({ kind: "reset" })),
  faultCheck("an answer that is cut off is an error or partial, at every call", () => ({ kind: "cut" })),
  faultCheck("a login page is an error or partial, at every call", () => ({ kind: "login-page" })),
  faultCheck(
    "a part that is forbidden is an error or partial, at every call",
    ({ options }) => options.forbidden ?? FORBIDDEN,
  ),
  {
    name: "a list that repeats its page for ever is an error or partial, at every call",
    // A fault of its own for each read: it remembers what it repeats.
    run: (subject) => tryEverywhere(subject, (position) => [sameListFrom(position, subject, { kind: "repeat" })]),
  },
];

export const FORBIDDEN: Fault = { kind: "answer", status: 403 };
