import type { TestConnectorOptions } from "../../src/index.ts";
import { when } from "@bridgekit/sandbox";
import { createWikiProduct, TOKEN, type WikiProduct } from "./wiki-product.ts";

const find = (wiki: WikiProduct, id: string) => wiki.users.find((user) => user.id === id);
const someone = () => ({ account: { id: "u3", email: "u3@example.com" } });

/** How the kit tests a connector of the wiki. */
export const wikiOptions: TestConnectorOptions<WikiProduct> = {
  config: { url: "http://wiki.example.com", token: TOKEN },
  secrets: [TOKEN],
  upstream: () => createWikiProduct(),
  truth: ({ users, members }) => ({
    team: [...members.keys()].map((id) => ({ id })),
    seat: [{ id: "pro" }],
    account: users.map(({ id, isActive, seat }) => ({
      id,
      status: isActive ? "active" : "suspended",
      refs: { team: [...members].filter(([, ids]) => ids.includes(id)).map(([team]) => team), seat: [seat] },
    })),
  }),
  edits: {
    "somebody leaves": (wiki) => wiki.leave("u2"),
    "somebody comes": (wiki) => wiki.join({ id: "u13", email: "u13@example.com" }),
    "somebody changes teams": (wiki) => wiki.move("u4", { from: "t4", to: "t1" }),
  },
  optionalFields: ["email"],
  empty: () => createWikiProduct({ people: 0, teams: 0 }),
  hidden: {
    "users that are counted and not listed": (wiki) =>
      void wiki.fault(
        when({ path: "/users" }, { kind: "change", change: (page) => ({ ...page, values: page.values.slice(1) }) }),
      ),
  },
  manyRefs(wiki) {
    for (let team = 1; team <= 101; team++) wiki.members.set(`t${team}`, ["u1"]);
    return { slug: "account", id: "u1", field: "memberships", refSlug: "team", count: 101 };
  },
  budget: { calls: 16, because: "pages of 5 users, 5 teams and 5 members, the teams twice" },
  missingAccounts: ["u999"],
  actions: {
    create_account: {
      payload: () => ({ account: { id: "new", email: "new@example.com" } }),
      isDone: (wiki, { account }) => wiki.users.filter(({ email }) => email === account.email).length === 1,
      again: "ACCOUNT_ALREADY_EXISTS",
    },
    update_account: {
      payload: () => ({ ...someone(), changes: { team: { added: [{ id: "t1" }, { id: "t2" }] } } }),
      isDone: (wiki, { account }) => ["t1", "t2"].every((team) => wiki.members.get(team)?.includes(account.id)),
    },
    suspend_account: {
      payload: someone,
      isDone: (wiki, { account }) => find(wiki, account.id)?.isActive === false,
    },
    delete_account: {
      payload: someone,
      isDone: (wiki, { account }) => find(wiki, account.id) === undefined,
      again: "ACCOUNT_NOT_FOUND",
    },
  },
};
