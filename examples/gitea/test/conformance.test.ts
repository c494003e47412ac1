import { join } from "node:path";
import { testConnector } from "@bridgekit/testing";
import { when } from "@bridgekit/sandbox";
import { createGiteaSandbox, type GiteaSandbox } from "../sandbox/index.ts";
import connector from "../src/index.ts";
import { TOKEN } from "./support/connect.ts";

const find = ({ state }: GiteaSandbox, id: string) => state.users.find((user) => String(user.id) === id);

testConnector(connector, {
  folder: join(import.meta.dirname, ".."),
  config: { url: "http://gitea.example.com", token: TOKEN },
  secrets: [TOKEN],
  upstream: () => createGiteaSandbox({ users: 120, token: TOKEN }),
  truth: ({ state: { users, teams } }) => ({
    team: teams.map(({ id }) => ({ id: String(id) })),
    account: users.map(({ id, active, prohibit_login }) => ({
      id: String(id),
      status: prohibit_login ? "suspended" : active ? "active" : "inactive",
      refs: { team: teams.filter(({ memberIds }) => memberIds.has(id)).map((team) => String(team.id)) },
    })),
  }),
  edits: {
    "somebody leaves": ({ state }) => {
      // Gitea lists by login, so this is a user on the first page.
      const [, gone] = state.users.filter(({ is_admin }) => !is_admin).toSorted((a, b) => (a.login < b.login ? -1 : 1));
      state.users.splice(state.users.indexOf(gone!), 1);
      for (const { memberIds } of state.teams) memberIds.delete(gone!.id);
    },
    "somebody comes": ({ state: { users } }) =>
      void users.push({ ...users[1]!, id: 900, login: "new.person", full_name: "", email: "new.person@example.com" }),
    "somebody changes teams": ({ state: { teams } }) => {
      teams[0]!.memberIds.delete(3);
      teams[1]!.memberIds.add(3);
    },
  },
  optionalFields: ["email", "full_name", "description"],
  // The token belongs to somebody.
  empty: () => createGiteaSandbox({ users: 1, organizations: 0, token: TOKEN }),
  hidden: {
    "users who are in a team and not in the list of users": (sandbox) =>
      void sandbox.fault(
        when({ path: "/api/v1/admin/users" }, { kind: "change", change: (users) => users.slice(0, -1) }),
      ),
  },
  manyRefs({ state }) {
    for (let id = 1001; id <= 1101; id++)
      state.teams.push({ id, organization: "org1", name: `Many ${id}`, description: "", memberIds: new Set([2]) });
    const count = state.teams.filter(({ memberIds }) => memberIds.has(2)).length;
    return { slug: "account", id: "2", field: "memberships", refSlug: "team", count };
  },
  budget: {
    calls: 20,
    because:
      "the token's user; pages, and an empty one, of organizations, of two lists of teams, four of members, and users",
  },
  missingAccounts: ["999999"],
  actions: {
    suspend_account: {
      payload: () => ({ account: { id: "5" } }),
      isDone: (sandbox, { account }) => find(sandbox, account.id)?.prohibit_login === true,
    },
    unsuspend_account: {
      payload: () => ({ account: { id: "10" } }),
      isDone: (sandbox, { account }) => find(sandbox, account.id)?.prohibit_login === false,
    },
    update_account: {
      payload: () => ({ account: { id: "6" }, changes: { team: { added: [{ id: "1" }], removed: [{ id: "2" }] } } }),
      isDone: ({ state: { teams } }) => teams[0]!.memberIds.has(6) && !teams[1]!.memberIds.has(6),
    },
  },
});
