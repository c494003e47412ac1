import { seedPeople } from "@bridgekit/sandbox";

export interface UserRow {
  id: number;
  login: string;
  full_name: string;
  email: string;
  is_admin: boolean;
  active: boolean;
  prohibit_login: boolean;
  login_name: string;
  source_id: number;
}

export interface TeamRow {
  id: number;
  organization: string;
  name: string;
  description: string;
  memberIds: Set<number>;
}

/** The state of the sandbox; tests read it, and change it as people do in Gitea itself. */
export interface GiteaState {
  users: UserRow[];
  organizations: { id: number; username: string }[];
  teams: TeamRow[];
}

/** Generates fictional people and teams, always the same. The first user is a site administrator. */
export function seedState({ users, organizations }: { users: number; organizations: number }): GiteaState {
  const rows = Array.from(seedPeople({ count: users }), ({ number, name, email }): UserRow => ({
    id: number,
    login: email.replace("@example.com", ""),
    full_name: name,
    email,
    is_admin: number === 1,
    active: number % 15 !== 0,
    prohibit_login: number % 10 === 0,
    login_name: "",
    source_id: 0,
  }));
  const names = Array.from({ length: organizations }, (_, index) => `org${index + 1}`);
  return {
    users: rows,
    // In Gitea an organization is a kind of user, with an id of the same sequence.
    organizations: names.map((username, index) => ({ id: users + index + 1, username })),
    teams: names.flatMap((organization, index) =>
      ["Owners", "Developers"].map((name, offset) => ({
        id: index * 2 + offset + 1,
        organization,
        name,
        description: "",
        memberIds: new Set(rows.filter(({ id }) => id % (index + 2 + offset * 3) === 1).map(({ id }) => id)),
      })),
    ),
  };
}
