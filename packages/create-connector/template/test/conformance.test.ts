import { join } from "node:path";
import { testConnector } from "@bridgekit/testing";
import { when } from "@bridgekit/sandbox";
import { createMySystemSandbox, type MySystemSandbox } from "../sandbox/index.ts";
import connector from "../src/index.ts";
import { TOKEN } from "./support/connect.ts";

const find = ({ state }: MySystemSandbox, id: string) => state.users.find((user) => user.id === id);

testConnector(connector, {
  folder: join(import.meta.dirname, ".."),
  config: { url: "http://my-system.example.com", token: TOKEN },
  secrets: [TOKEN],
  upstream: () => createMySystemSandbox({ users: 250, token: TOKEN }),
  truth: ({ state: { teams, users } }) => ({
    team: teams.map(({ id }) => ({ id })),
    account: users.map(({ id, isActive, teamIds }) => ({
      id,
      status: isActive ? "active" : "suspended",
      refs: { team: teamIds },
    })),
  }),
  edits: {
    "somebody leaves": ({ state }) => void state.users.splice(6, 1),
    "somebody comes": ({ state: { users } }) =>
      void users.push({ ...users[1]!, id: "u900", email: "new.person@example.com", name: "New Person" }),
    "somebody changes teams": ({ state: { users, teams } }) => {
      users[3]!.teamIds = teams.map(({ id }) => id).filter((id) => !users[3]!.teamIds.includes(id));
    },
  },
  optionalFields: ["email", "name", "description"],
  // The token belongs to somebody.
  empty: () => createMySystemSandbox({ users: 1, teams: 0, token: TOKEN }),
  hidden: {
    "users of other teams, from a token that is no administrator's": ({ state }) => {
      state.users[0]!.role = "member";
    },
    "users that are counted and not listed": (sandbox) =>
      void sandbox.fault(
        when({ path: "/api/users" }, { kind: "change", change: (page) => ({ ...page, items: page.items.slice(1) }) }),
      ),
  },
  manyRefs({ state }) {
    for (let number = 1; number <= 101; number++) {
      const id = `many${number}`;
      state.teams.push({ id, name: `Many ${number}`, description: "" });
      state.users[1]!.teamIds.push(id);
    }
    return { slug: "account", id: "u2", field: "memberships", refSlug: "team", count: 101 };
  },
  budget: { calls: 5, because: "to whom the token belongs, a page of teams, three pages of users" },
  missingAccounts: ["u999"],
  actions: {
    suspend_account: {
      payload: () => ({ account: { id: "u5" } }),
      isDone: (sandbox, { account }) => find(sandbox, account.id)?.isActive === false,
    },
    unsuspend_account: {
      payload: () => ({ account: { id: "u10" } }),
      isDone: (sandbox, { account }) => find(sandbox, account.id)?.isActive === true,
    },
  },
});
