import { when, type Fault, type FaultRule } from "@bridgekit/sandbox";
import { failed, passed, type Finding } from "../check.ts";
import { defaultListOf } from "../read-everything.ts";
import { choosePositionsByKind, describePositionsByKind, MAX_FAULT_POSITIONS } from "../positions.ts";
import { isSameTruth, readEverything } from "../read-everything.ts";
import type { Subject } from "../subject.ts";
import type { Check } from "../check.ts";

// Far more than any retry needs.
const ENDLESS_FACTOR = 20;
const ENDLESS_BASE = 200;

/** Tries a fault at every call of a read. A read must throw, report itself as partial, or equal an undisturbed one. */
async function tryEverywhere(
  subject: Subject,
  makeRules: (position: number, index: number) => readonly FaultRule[],
): Promise<Finding> {
  const good = await subject.goodRead();
  const positions = choosePositionsByKind(good.kinds, subject.options.maxFaultPositions ?? MAX_FAULT_POSITIONS);
  for (const [index, position] of positions.entries())
    for (const rule of makeRules(position, index)) {
      const opened = await subject.open();
      const sent: string[] = [];
      opened.around.fault((call) => void sent.push(`${call.method} ${call.path}`));
      const maxCalls = good.calls * ENDLESS_FACTOR + ENDLESS_BASE;
      const read = await readEverything(subject, opened, { rule, maxCalls });
      const where = `call ${position} of ${good.calls} (${sent[position - 1] ?? "not reached"})`;
      if (read.isEndless) return failed(`at ${where}: the read never ended`);
      if (!read.error && read.missing.length === 0 && !isSameTruth(read, good))
        return failed(`at ${where}: the read claims to be complete, but brought other records`);
    }
  return passed(describePositionsByKind(positions, good.calls));
}

/** Applies `fault` to a call and to the later calls of the same list. */
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

/**
 * The fault occurs once, persists for one list, or persists for all calls. A fault that no retry overcomes ends most reads
 * at once, so then the last case is tried from the first call only.
 */
const faultCheck = (name: string, faultOf: (subject: Subject) => Fault, { isFinal = false } = {}): Check => ({
  name,
  run(subject) {
    const fault = faultOf(subject);
    return tryEverywhere(subject, (position, index) => [
      when({ nth: position, times: 1 }, fault),
      sameListFrom(position, subject, fault),
      ...(isFinal && index > 0 ? [] : [when({ nth: position }, fault)]),
    ]);
  },
});

export const upstreamFaults: readonly Check[] = [
  faultCheck("a system that fails is an error or partial, at every call", () => ({ kind: "response", status: 500 })),
  faultCheck("a broken connection is an error or partial, at every call", () => ({ kind: "reset" })),
  faultCheck("a truncated response is an error or partial, at every call", () => ({ kind: "truncate" })),
  faultCheck("a login page is an error or partial, at every call", () => ({ kind: "login-page" })),
  faultCheck(
    "a part that is forbidden is an error or partial, at every call",
    ({ options }) => options.forbidden ?? FORBIDDEN,
    { isFinal: true },
  ),
  faultCheck(
    "a part that is not found is an error or partial, at every call",
    ({ options }) => options.notFound ?? { kind: "response", status: 404 },
    { isFinal: true },
  ),
  faultCheck(
    "credentials that expire halfway are an error or partial, at every call",
    ({ options }) => options.unauthorized ?? UNAUTHORIZED,
    { isFinal: true },
  ),
  {
    name: "a success without content is an error or partial, at every call",
    run: (subject) =>
      tryEverywhere(subject, (position) => [
        ...EMPTY_SUCCESSES.map((fault) => when({ nth: position, times: 1 }, fault)),
        sameListFrom(position, subject, EMPTY_SUCCESSES[position % EMPTY_SUCCESSES.length]!),
      ]),
  },
  {
    name: "a list that repeats a page forever is an error or partial, at every call",
    // A new fault for each read, since it remembers what it repeats.
    run: (subject) => tryEverywhere(subject, (position) => [sameListFrom(position, subject, { kind: "repeat" })]),
  },
];

export const FORBIDDEN: Fault = { kind: "response", status: 403 };
export const UNAUTHORIZED: Fault = { kind: "response", status: 401 };

/** What a proxy or a broken backend may return with status 200: neither a list nor an error. */
const EMPTY_SUCCESSES: readonly Fault[] = ["{}", "null", ""].map((body) => ({
  kind: "response",
  status: 200,
  headers: { "content-type": "application/json" },
  body,
}));
