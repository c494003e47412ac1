import type { Task, TaskPayload } from "@bridgekit/client";
import type { Person, Upstream } from "./upstream.ts";

/** Status and team of a person, or that there is none, as a text. */
type State = string;

const NOBODY: State = "nobody";

/**
 * What the system may be like after its tasks, one person after another: a completed task did what it says, in the order of
 * the tasks, and a failed one did that or nothing. Answers what is not so.
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
    return allowed.has(state) ? [] : [`${email} is ${state}; after its tasks it is to be ${[...allowed].join(" or ")}`];
  });
}

function stateOf({ status, memberships }: Person): State {
  return `${status} in ${memberships.team.map(({ id }) => id).join(" and ")}`;
}

/** The state after an action was carried out; none where it can't have been. */
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
