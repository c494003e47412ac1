import { seedPeople } from "@bridgekit/sandbox";
import type { MySystemUser } from "../src/my-system-client.ts";

/** The state of the sandbox; tests read it, and change it as people do in the product itself. */
export interface MySystemState {
  users: MySystemUser[];
  teams: { id: string; name: string; description: string }[];
}

/** Generates fictional people and teams, always the same. The first user is an administrator. */
export function seedState({ users, teams }: { users: number; teams: number }): MySystemState {
  const teamIds = Array.from({ length: teams }, (_, index) => `t${index + 1}`);
  return {
    teams: teamIds.map((id) => ({ id, name: `Team ${id.slice(1)}`, description: "" })),
    users: Array.from(seedPeople({ count: users }), ({ number, name, email }) => ({
      id: `u${number}`,
      email,
      name,
      role: number === 1 ? ("admin" as const) : ("member" as const),
      isActive: number % 10 !== 0,
      teamIds: teamIds.filter((_, index) => number % (index + 2) === 0),
    })),
  };
}
