import { isDeepStrictEqual } from "node:util";
import { reconcileNext, perform } from "./perform.ts";
import { isAsExpected } from "./rough.ts";
import type { CallResponse, App, Call, State } from "./state.ts";

/** A call. Without its response, if that was lost, it may have had no effect either. */
export interface Happened {
  call: Call;
  response: CallResponse | undefined;
}

/**
 * All states that explain the responses. The calls were in flight at the same time, so they may have taken effect in
 * any order, with due reconciliations before, between or after them. No state is left if the responses break the
 * protocol.
 */
export function explain(states: readonly State[], happened: readonly Happened[]): State[] {
  return distinct(states.flatMap((state) => explainFrom(state, happened)));
}

function explainFrom(state: State, happened: readonly Happened[]): State[] {
  if (happened.length === 0) return [state];
  const explained: State[] = happened.every(({ response }) => response === undefined) ? [state] : [];
  // Reconciliations of other apps make no difference here, and are considered when those apps are called.
  for (const name of new Set(happened.map(({ call }) => call.app)))
    if (isDue(state.apps[name])) explained.push(...explainFrom(reconcileNext(state, name), happened));
  for (const one of happened) {
    const others = happened.filter((other) => other !== one);
    for (const { response, state: next } of perform(state, one.call))
      if (one.response === undefined || isAsExpected(one.response, response))
        explained.push(...explainFrom(next, others));
  }
  return distinct(explained);
}

/** The same states once everything due is reconciled. */
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

/** The responses that the protocol would have allowed, for the report of one that breaks it. */
export function expectedResponses(states: readonly State[], call: Call): CallResponse[] {
  const reachable = states.flatMap((state) => {
    const states = [state];
    for (let next = state; isDue(next.apps[call.app]); states.push(next)) next = reconcileNext(next, call.app);
    return states;
  });
  return distinct(reachable.flatMap((state) => perform(state, call).map(({ response }) => response)));
}

function isDue(app: App | undefined): boolean {
  return app !== undefined && app.due.length > 0;
}

function distinct<Value>(values: readonly Value[]): Value[] {
  return values.filter((value, index) => !values.slice(0, index).some((other) => isDeepStrictEqual(value, other)));
}
