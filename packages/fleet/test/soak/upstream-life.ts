import type { BridgeClient } from "@bridgekit/client";
import type { StandIn } from "../support/stand-in.ts";

/** Accounts that never leave; a task suspends each of the first ones once. */
const STAYING = 12;
const SUSPENDED = 5;

export interface Life {
  /** People who left, of each app. */
  left: Map<string, Set<string>>;
  /** Ids of the tasks of each app, by the account. */
  tasks: Map<string, Map<string, string>>;
  /** Lets something happen in one of the systems. */
  step: () => Promise<void>;
}

/** What happens upstream and on the Bridge while the fleet runs: people come and leave, and some are suspended by tasks. */
export function createLife(
  standIn: StandIn,
  { client, apps }: { client: BridgeClient; apps: ReadonlyMap<string, string> },
): Life {
  const keys = [...apps.keys()];
  const left = new Map(keys.map((key) => [key, new Set<string>()]));
  const tasks = new Map(keys.map((key) => [key, new Map<string, string>()]));
  const guests = new Map(keys.map((key) => [key, [] as string[]]));
  let count = 0;
  for (const key of keys) {
    // Long enough that two runs at a time would be seen.
    Object.assign(standIn.of(key), { readMs: 300, changeMs: 100 });
    const { accounts } = standIn.of(key);
    accounts.clear();
    for (let n = 1; n <= STAYING; n++) accounts.set(`u${n}`, "active");
  }
  return {
    left,
    tasks,
    async step() {
      const key = keys[Math.floor(Math.random() * keys.length)]!;
      const { accounts } = standIn.of(key);
      const here = guests.get(key)!;
      const known = tasks.get(key)!;
      const dice = Math.random();
      if (dice < 0.3 && here.length > 0) {
        const id = here.pop()!;
        accounts.delete(id);
        left.get(key)!.add(id);
      } else if (dice < 0.6 || known.size >= SUSPENDED) {
        // Few, so that those who leave at once are no reason to hold a sync.
        if (here.length >= 3) return;
        here.push(`guest${++count}`);
        accounts.set(here.at(-1)!, "active");
      } else {
        const id = `u${known.size + 1}`;
        // The Bridge refuses tasks about accounts that it does not know yet.
        if (standIn.of(key).reads.length < 2) return;
        known.set(id, "");
        const task = await client.createTask(apps.get(key)!, {
          action: "suspend_account",
          payload: { account: { id } },
        });
        known.set(id, task.id);
      }
    },
  };
}
