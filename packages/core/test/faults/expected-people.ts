import type { Task, TaskPayload } from "@bridgekit/client";
import type { Person, Upstream } from "./upstream.ts";

/** Status and team of a person as a text; also for a missing person. */
type State = string;

const NOBODY: State = "nobody";

/**
 * Compares the system with its tasks, person by person: completed tasks took effect in their order, failed ones did so or
 * not. Returns the violations.
 */
export function findUnexpected(
  before: ReadonlyMap<string, Person>,
  tasks: readonly Task[],
  upstream: Upstream,
): string[] {
  const states = new Map([...before.values()].map((person) => [person.email, new Set([stateOf(person)])]));
  for (const { action, payload, status } of tasks) {
    const email = payload.account.email!;
    const old = [...(states.get(email) ?? [NOBODY])];
    const done = old.flatMap((state) => apply(state, action, payload));
    states.set(email, new Set(status === "completed" ? done : [...old, ...done]));
  }
  const people = new Map<string, State>([...upstream.people.values()].map((person) => [person.email, stateOf(person)]));
  return [...states].flatMap(([email, allowed]) => {
    const state = people.get(email) ?? NOBODY;
    return allowed.has(state) ? [] : [`${email} is ${state}; after its tasks it must be ${[...allowed].join(" or ")}`];
  });
}

function stateOf({ status, memberships }: Person): State {
  return `${status} in ${memberships.team.map(({ id }) => id).join(" and ")}`;
}

/** The state after an action; undefined if the action was impossible. */
function apply(state: State, action: Task["action"], { memberships, changes }: TaskPayload): State[] {
  const [status, team] = state.split(" in ");
  switch (action) {
    case "create_account":
      return [`active in ${memberships!["team"]![0]!.id}`];
    case "delete_account":
      return [NOBODY];
    case "suspend_account":
      return state === NOBODY ? [] : [`suspended in ${team}`];
    case "unsuspend_account":
      return state === NOBODY ? [] : [`active in ${team}`];
    case "update_account":
      return state === NOBODY ? [] : [`${status} in ${changes!["team"]!.added![0]!.id}`];
    case "reset_password":
      return [state];
  }
}
