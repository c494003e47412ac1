import { account } from "../server/people.ts";
import { after, ago, type ConsoleCall, pick, text, WINDOW } from "./console-call.ts";
import type { Filled } from "./fill.ts";
import { recordCalls } from "./record-calls.ts";
import { CODES } from "./story.ts";

const NIL = "00000000-0000-4000-8000-000000000000";

/** Every call of the console that reads, with the filters of its pages. */
export function consoleCalls(filled: Filled): ConsoleCall[] {
  return [...syncCalls(filled), ...recordCalls(filled), ...taskCalls(filled)];
}

const personAt = (index: number, accounts: number) => account(pick(index, accounts)) as Record<string, string>;

function syncCalls({ main, small, held }: Filled): ConsoleCall[] {
  const { accounts, sessions } = main.story;
  const app = `/apps/${main.id}`;
  const person = (index: number) => personAt(index, accounts);
  const large = `${app}/sync/${main.syncIds[1]}`;
  const syncOf = (index: number) => `${app}/sync/${main.syncIds[pick(index, sessions)]}`;
  return [
    { name: "organisation", path: () => "/org/" },
    { name: "system", path: () => "/system/" },
    { name: "budget", path: () => "/budget/" },
    { name: "apps", path: () => "/apps/?limit=100" },
    { name: "overview, first 100 of 501 apps", path: () => "/overview/?limit=100" },
    { name: "overview, a later page", path: (index) => `/overview/?limit=100${after(ago(index, 85), NIL)}` },
    { name: "app", path: (index) => `/apps/${index % 2 === 0 ? main.id : small[index % small.length]!.id}/` },
    { name: "resource types", path: () => `${app}/resource-types/` },
    { name: "syncs of an app", path: () => `${app}/sync/?limit=${WINDOW}` },
    {
      name: "syncs, deep page",
      path: (index) => `${app}/sync/?limit=${WINDOW}${after(String(pick(index, sessions) + 2))}`,
    },
    { name: "syncs of all apps", path: () => `/syncs/?limit=${WINDOW}` },
    { name: "syncs of all apps, deep page", path: (index) => `/syncs/?limit=${WINDOW}${after(ago(index, 75), NIL)}` },
    {
      name: "syncs of all apps, by status",
      path: (index) => `/syncs/?limit=${WINDOW}&status=${["completed", "error", "abandoned"][index % 3]}`,
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
      name: "changes of all apps, removed accounts",
      path: (index) => `/changes/?limit=${WINDOW}&change=removed&slug=account&until=${ago(index, 75)}`,
    },
    {
      name: "changes of all apps, search",
      path: (index) => `/changes/?limit=${WINDOW}${text(person(index)["username"]!)}`,
    },
    {
      name: "changes of all apps, wide search",
      path: (index) => `/changes/?limit=${WINDOW}${text(`given${index % 10}`)}`,
    },
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
  ];
}

function taskCalls({ main, small }: Filled): ConsoleCall[] {
  const app = `/apps/${main.id}`;
  const tasks = (query: string) => `/tasks/?limit=${WINDOW}${query}`;
  const audit = (query: string) => `/audit/?limit=${WINDOW}${query}`;
  const username = (index: number) => personAt(index, main.story.accounts)["username"]!;
  const taskAt = (index: number) => ago(index, main.story.tasks / 1_440);
  return [
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
      name: "tasks of all apps, by action",
      path: (index) => tasks(`&action=${["suspend_account", "delete_account"][index % 2]}`),
    },
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
    { name: "tasks of all apps, search", path: (index) => tasks(text(username(index))) },
    { name: "tasks of all apps, wide search", path: (index) => tasks(text(`given${index % 10}`)) },
    {
      name: "tasks of an app, failed, wide search",
      path: (index) => tasks(`&app_id=${main.id}&state=failed${text(`given${index % 10}`)}`),
    },
    { name: "task", path: (index) => `${app}/tasks/${main.taskIds[pick(index, main.taskIds.length)]}/` },
    {
      name: "retry of failed tasks, preview",
      path: () => `${app}/tasks/retry/`,
      method: "POST",
      body: { code: CODES[0], limit: 1000, preview: true },
    },
    {
      name: "undo of tasks, preview",
      path: () => `${app}/tasks/undo/`,
      method: "POST",
      body: { task_ids: main.taskIds.slice(0, 100), preview: true },
    },
    { name: "audit trail", path: () => `/audit/?limit=${WINDOW}` },
    { name: "audit trail, deep page", path: (index) => `/audit/?limit=${WINDOW}${after(taskAt(index), NIL)}` },
    {
      name: "audit trail of an app",
      path: (index) => `/audit/?limit=${WINDOW}&app_id=${index % 2 === 0 ? main.id : small[index % small.length]!.id}`,
    },
    {
      name: "audit trail of an operation",
      path: (index) => audit(`&operation=${["createTask", "revokeKey"][index % 2]}`),
    },
    {
      name: "audit trail about a task",
      path: (index) => audit(`&target=${main.taskIds[pick(index, main.taskIds.length)]}`),
    },
    { name: "audit trail, search", path: (index) => audit(text(["report", "create", "admin"][index % 3]!)) },
    { name: "audit trail, search: nothing", path: (index) => audit(text(`nobody${index}`)) },
    { name: "audit trail of a person: nothing", path: (index) => audit(`&actor=nobody${index}`) },
    { name: "erasures", path: () => `/erasures/?limit=${WINDOW}` },
    { name: "keys", path: () => `/keys/?limit=${WINDOW}` },
    { name: "users", path: () => `/users/?limit=${WINDOW}` },
    { name: "export of the audit trail, first rows", path: () => "/audit/export/?format=csv", isStream: true },
  ];
}
