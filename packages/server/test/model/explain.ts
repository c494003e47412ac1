import { isDeepStrictEqual } from "node:util";
import { reconcileNext, perform } from "./perform.ts";
import { isAsExpected } from "./rough.ts";
import type { Answer, App, Call, State } from "./state.ts";

/** A call that was made; without its answer where that was lost, and then it may have had no effect either. */
export interface Happened {
  call: Call;
  answer: Answer | undefined;
}

/**
 * All states that explain what was answered. The calls were under way at the same time: they may have taken effect in
 * any order, and reconciliations that were due may have run before, between or after them. No state is left where the answers
 * break the protocol.
 */
export function explain(states: readonly State[], happened: readonly Happened[]): State[] {
  return distinct(states.flatMap((state) => explainFrom(state, happened)));
}

function explainFrom(state: State, happened: readonly Happened[]): State[] {
  if (happened.length === 0) return [state];
  const explained: State[] = happened.every(({ answer }) => answer === undefined) ? [state] : [];
  // Reconciliations of other apps make no difference here, and are looked at when those are called.
  for (const name of new Set(happened.map(({ call }) => call.app)))
    if (isDue(state.apps[name])) explained.push(...explainFrom(reconcileNext(state, name), happened));
  for (const one of happened) {
    const others = happened.filter((other) => other !== one);
    for (const { answer, state: next } of perform(state, one.call))
      if (one.answer === undefined || isAsExpected(one.answer, answer)) explained.push(...explainFrom(next, others));
  }
  return distinct(explained);
}

/** The same states once everything that was due is reconciled. */
export function settle(states: readonly State[]): State[] {
  return distinct(
    states.map((state) => {
      let settled = state;
      for (const name of Object.keys(state.apps))
        while (isDue(settled.apps[name])) settled = reconcileNext(settled, name);
      return settled;
    }),
  );
}

/** What could have been answered instead, for whoever reads about an answer that breaks the protocol. */
export function expectedResponses(states: readonly State[], call: Call): Answer[] {
  const reachable = states.flatMap((state) => {
    const states = [state];
    for (let next = state; isDue(next.apps[call.app]); states.push(next)) next = reconcileNext(next, call.app);
    return states;
  });
  return distinct(reachable.flatMap((state) => perform(state, call).map(({ answer }) => answer)));
}

function isDue(app: App | undefined): boolean {
  return app !== undefined && app.due.length > 0;
}

function distinct<Value>(values: readonly Value[]): Value[] {
  return values.filter((value, index) => !values.slice(0, index).some((other) => isDeepStrictEqual(value, other)));
}
