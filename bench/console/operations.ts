import { account, DEPARTMENTS, GROUPS, LICENSES } from "../server/people.ts";
import type { Filled } from "./fill.ts";
import { CODES, LARGEST_GROUP } from "./story.ts";

/** A call that the console makes, with other arguments each time. */
export interface ConsoleCall {
  name: string;
  path: (index: number) => string;
  /** Whether only the first bytes are waited for. */
  isStream?: boolean;
  method?: "POST";
  body?: unknown;
}

const WINDOW = 50;

const emailOf = (record: Readonly<Record<string, unknown>>) => String(record["email"]);

/** The end of a page, as the server's `next` has it. */
const after = (...place: readonly string[]) =>
  `&cursor=${Buffer.from(JSON.stringify(place), "utf8").toString("base64url")}`;

/** Every call of the console that reads, with the filters of its pages. */
export function consoleCalls({ main, small, held }: Filled): ConsoleCall[] {
  const { accounts, sessions } = main.story;
  const app = `/apps/${main.id}`;
  // Scattered over everything, and the same in each run.
  const pick = (index: number, count: number) => (index * 7_919 + 13) % count;
  const person = (index: number) => account(pick(index, accounts)) as Record<string, string>;
  const list = (slug: string, query: string) => `${app}/records/${slug}/?limit=${WINDOW}${query}`;
  const text = (value: string) => `&text=${encodeURIComponent(value)}`;
  const found = (field: string, length?: number) => (index: number) =>
    list("account", text(person(index)[field]!.slice(0, length)));
  const large = `${app}/sync/${main.syncIds[1]}`;
  const syncOf = (index: number) => `${app}/sync/${main.syncIds[pick(index, sessions)]}`;
  const tasks = (query: string) => `/tasks/?limit=${WINDOW}${query}`;
  const ago = (index: number, days: number) =>
    new Date(Date.now() - (index % 200) * (days / 200) * 86_400_000).toISOString();
  const taskAt = (index: number) => ago(index, main.story.tasks / 1_440);
  const nil = "00000000-0000-4000-8000-000000000000";
  return [
    { name: "organisation", path: () => "/org/" },
    { name: "overview, first 100 of 501 apps", path: () => "/overview/?limit=100" },
    { name: "overview, a later page", path: (index) => `/overview/?limit=100${after(ago(index, 85), nil)}` },
    { name: "app", path: (index) => `/apps/${index % 2 === 0 ? main.id : small[index % small.length]!.id}/` },
    { name: "resource types", path: () => `${app}/resource-types/` },
    { name: "syncs of an app", path: () => `${app}/sync/?limit=${WINDOW}` },
    {
      name: "syncs, deep page",
      path: (index) => `${app}/sync/?limit=${WINDOW}${after(String(pick(index, sessions) + 2))}`,
    },
    { name: "sync", path: (index) => `${syncOf(index)}/` },
    { name: "changes of a sync", path: (index) => `${syncOf(index)}/changes/?limit=${WINDOW}` },
    { name: "changes of the largest sync", path: () => `${large}/changes/?limit=${WINDOW}` },
    {
      name: "changes of the largest sync, deep page",
      path: (index) => `${large}/changes/?limit=${WINDOW}${after("account", account(pick(index, accounts / 10)).id)}`,
    },
    {
      name: "changes of the largest sync, updated accounts",
      path: (index) =>
        `${large}/changes/?limit=${WINDOW}&change=updated&slug=account${after("account", account(pick(index, accounts / 10)).id)}`,
    },
    {
      name: "changes of the largest sync, search",
      path: (index) => `${large}/changes/?limit=${WINDOW}${text(person(index)["username"]!)}`,
    },
    {
      name: "changes of the largest sync, wide search",
      path: (index) => `${large}/changes/?limit=${WINDOW}${text(`given${index % 10}`)}`,
    },
    {
      name: "changes of the first sync (all created)",
      path: (index) =>
        `${app}/sync/${main.syncIds[0]}/changes/?limit=${WINDOW}${after("account", person(index)["id"]!)}`,
    },
    { name: "changes of all apps", path: () => `/changes/?limit=${WINDOW}` },
    { name: "changes of all apps, until a time", path: (index) => `/changes/?limit=${WINDOW}&until=${ago(index, 75)}` },
    {
      name: "changes of an app, search",
      path: (index) => `/changes/?limit=${WINDOW}&app_id=${main.id}${text(person(index)["username"]!)}`,
    },
    { name: "why a sync is held", path: () => `/apps/${held.app.id}/sync/${held.syncId}/held/` },
    {
      name: "changes of a held sync",
      path: (index) =>
        `/apps/${held.app.id}/sync/${held.syncId}/changes/?limit=${WINDOW}&change=removed${after("account", account(10_000 + pick(index, 9_000)).id)}`,
    },
    {
      name: "preview of the guard",
      path: () => `${app}/guard/preview/`,
      method: "POST",
      body: { max_share: 0.1, min_count: 10 },
    },
    { name: "accounts", path: () => list("account", "") },
    { name: "accounts, deep page", path: (index) => list("account", after(person(index)["id"]!)) },
    {
      name: "accounts, active, deep page",
      path: (index) => list("account", `&status=active${after(person(index)["id"]!)}`),
    },
    { name: "accounts, inactive", path: () => list("account", "&status=inactive") },
    {
      name: "accounts, suspended (none)",
      path: (index) => list("account", `&status=suspended${after(person(index)["id"]!)}`),
    },
    { name: "search: email", path: found("email") },
    { name: "search: username", path: found("username") },
    { name: "search: id", path: found("id") },
    { name: "search: display name", path: found("display_name") },
    { name: "search: last name", path: found("last_name") },
    {
      name: "search: first letters of all",
      path: (index) => list("account", text("person".slice(0, 1 + (index % 6)))),
    },
    {
      name: "search: wide, deep page",
      path: (index) =>
        list("account", text("given") + after(person(index)["display_name"]!.toLowerCase(), person(index)["id"]!)),
    },
    {
      name: "search: wide, inactive",
      path: (index) => list("account", text(`family${index % 10}`) + "&status=inactive"),
    },
    { name: "search: nothing", path: (index) => list("account", text(`nobody${index}`)) },
    { name: "members of a group", path: (index) => list("account", `&member_of=team:g${index % GROUPS}`) },
    { name: "members of the largest group", path: () => list("account", `&member_of=team:${LARGEST_GROUP}`) },
    {
      name: "members of the largest group, deep page",
      path: (index) => list("account", `&member_of=team:${LARGEST_GROUP}${after(person(index)["id"]!)}`),
    },
    {
      name: "members of the largest group, inactive",
      path: () => list("account", `&member_of=team:${LARGEST_GROUP}&status=inactive`),
    },
    {
      name: "members of the largest group, search",
      path: (index) => list("account", `&member_of=team:${LARGEST_GROUP}${text(`person${index % 100}`)}`),
    },
    {
      name: "members of a department with a license",
      path: (index) =>
        list("account", `&member_of=department:d${index % DEPARTMENTS}&assigned=license:l${index % LICENSES}`),
    },
    {
      name: "accounts with a license",
      path: (index) => list("account", `&assigned=license:l${index % LICENSES}${after(person(index)["id"]!)}`),
    },
    { name: "groups", path: () => list("team", "") },
    { name: "groups, search", path: (index) => list("team", text(`team g${index % 100}`)) },
    { name: "account", path: (index) => `${app}/records/account/${person(index)["id"]}/` },
    {
      name: "history of an account",
      path: (index) => `${app}/records/account/${person(index)["id"]}/history/?limit=100`,
    },
    {
      name: "history of a removed account (why)",
      path: (index) =>
        `${app}/records/account/${account(accounts - 1 - pick(index, accounts / 100)).id}/history/?limit=100`,
    },
    { name: "history of the largest group", path: () => `${app}/records/team/${LARGEST_GROUP}/history/?limit=100` },
    {
      name: "people by email",
      path: (index) =>
        `/people/?limit=${WINDOW}&email=${index % 2 === 0 ? emailOf(account(index % 90)) : emailOf(person(index))}`,
    },
    {
      name: "people, search",
      path: (index) => `/people/?limit=${WINDOW}${text(person(index)["display_name"]!.slice(0, 7 + (index % 4)))}`,
    },
    {
      name: "people, two letters",
      path: (index) => `/people/?limit=${WINDOW}${text(["gi", "fa", "pe", "u0"][index % 4]!)}`,
    },
    {
      name: "people, deep page",
      path: (index) =>
        `/people/?limit=${WINDOW}${text("given")}${after(person(index)["display_name"]!.toLowerCase(), main.id, "account", person(index)["id"]!)}`,
    },
    { name: "tasks of all apps", path: () => tasks("") },
    { name: "tasks of all apps, failed", path: () => tasks("&state=failed") },
    {
      name: "tasks of all apps, failed by cause",
      path: (index) => tasks(`&state=failed&code=${CODES[index % CODES.length]}${after(taskAt(index), "1")}`),
    },
    { name: "tasks of all apps, pending", path: () => tasks("&state=pending") },
    { name: "tasks of all apps, in flight", path: () => tasks("&state=in_flight") },
    { name: "tasks of an app, deep page", path: (index) => tasks(`&app_id=${main.id}${after(taskAt(index), "1")}`) },
    {
      name: "tasks of an app, failed by cause",
      path: (index) =>
        tasks(`&app_id=${main.id}&state=failed&code=${CODES[index % CODES.length]}${after(taskAt(index), "1")}`),
    },
    {
      name: "tasks of an app, by state",
      path: (index) =>
        tasks(`&app_id=${main.id}&state=${["pending", "scheduled", "completed", "cancelled"][index % 4]}`),
    },
    { name: "task", path: (index) => `${app}/tasks/${main.taskIds[pick(index, main.taskIds.length)]}/` },
    {
      name: "retry of failed tasks, preview",
      path: () => `${app}/tasks/retry/`,
      method: "POST",
      body: { code: CODES[0], limit: 1000, preview: true },
    },
    { name: "audit trail", path: () => `/audit/?limit=${WINDOW}` },
    { name: "audit trail, deep page", path: (index) => `/audit/?limit=${WINDOW}${after(taskAt(index), nil)}` },
    {
      name: "audit trail of an app",
      path: (index) => `/audit/?limit=${WINDOW}&app_id=${index % 2 === 0 ? main.id : small[index % small.length]!.id}`,
    },
    { name: "keys", path: () => `/keys/?limit=${WINDOW}` },
    { name: "users", path: () => `/users/?limit=${WINDOW}` },
    { name: "export of accounts, first bytes", path: () => `${app}/export/account/?format=csv`, isStream: true },
    {
      name: "export of members, first bytes",
      path: () => `${app}/export/account/?format=csv&member_of=team:${LARGEST_GROUP}`,
      isStream: true,
    },
    {
      name: "export of a search, first bytes",
      path: (index) => `${app}/export/account/?format=json${text(`family${index % 10}`)}`,
      isStream: true,
    },
    { name: "export of the audit trail, first bytes", path: () => "/audit/export/?format=csv", isStream: true },
  ];
}
