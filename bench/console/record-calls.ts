import { account, DEPARTMENTS, GROUPS, LICENSES } from "../server/people.ts";
import { after, ago, type ConsoleCall, pick, text, WINDOW } from "./console-call.ts";
import type { Filled } from "./fill.ts";
import { LARGEST_GROUP } from "./story.ts";

/** The lists, searches and details of accounts, groups and licenses. */
export function recordCalls({ main }: Filled): ConsoleCall[] {
  const { accounts } = main.story;
  const app = `/apps/${main.id}`;
  const person = (index: number) => account(pick(index, accounts)) as Record<string, string>;
  const list = (slug: string, query: string) => `${app}/records/${slug}/?limit=${WINDOW}${query}`;
  const found = (field: string, length?: number) => (index: number) =>
    list("account", text(person(index)[field]!.slice(0, length)));
  return [
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
    {
      name: "members of a group, as they were",
      path: (index) => `${app}/records/team/g${index % GROUPS}/members/?limit=${WINDOW}&at=${ago(index, 75)}`,
    },
    {
      name: "members of the largest group, as they were at first",
      path: () => `${app}/records/team/${LARGEST_GROUP}/members/?limit=${WINDOW}&at=${ago(199, 80.5)}`,
    },
    {
      name: "members who left a group since the first sync",
      path: (index) =>
        `${app}/records/team/g${index % GROUPS}/members/?limit=${WINDOW}&at=${ago(199, 80.5)}${after("2", "", "")}`,
    },
    { name: "seats of a license", path: (index) => `${app}/records/license/l${index % LICENSES}/seats/` },
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
      name: "find: a name",
      path: (index) => `/find/?${text(person(index)["display_name"]!.slice(0, 6 + (index % 9))).slice(1)}`,
    },
    { name: "find: two letters", path: (index) => `/find/?text=${["gi", "fa", "pe", "u0"][index % 4]}` },
    {
      name: "find: head of a task's id",
      path: (index) => `/find/?text=${main.taskIds[pick(index, main.taskIds.length)]!.slice(0, 8)}`,
    },
    { name: "find: nothing", path: (index) => `/find/?text=nobody${index}` },
    {
      name: "people by email",
      path: (index) =>
        `/people/?limit=${WINDOW}&email=${index % 2 === 0 ? String(account(index % 90)["email"]) : person(index)["email"]}`,
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
    { name: "export of accounts, first rows", path: () => `${app}/export/account/?format=csv`, isStream: true },
    {
      name: "export of members, first rows",
      path: () => `${app}/export/account/?format=csv&member_of=team:${LARGEST_GROUP}`,
      isStream: true,
    },
    {
      name: "export of a search, first rows",
      path: (index) => `${app}/export/account/?format=json${text(`family${index % 10}`)}`,
      isStream: true,
    },
  ];
}
