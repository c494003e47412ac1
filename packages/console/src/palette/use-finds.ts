import { useQuery, type UseQueryResult } from "@tanstack/react-query";
import type { LinkProps } from "@tanstack/react-router";
import {
  type AppOverview,
  type AppTask,
  type Finds,
  findsQuery,
  type FoundRecord,
  overviewQuery,
} from "../api/queries.ts";
import { toRecordName } from "../records/record-name.ts";
import { useSession, type Session } from "../session/session.ts";
import { actionLabel } from "../tasks/actions.ts";
import { toAccountName } from "../tasks/describe-task.ts";

/** Something to go to, or to do there. */
export interface Find {
  key: string;
  sort: "Action" | "Page" | "App" | "Account" | "Group" | "License" | "Task";
  name: string;
  /** What tells it from others of its name. */
  detail: string;
  link: LinkProps;
}

const FROM_LETTERS = 2;
/** Of each sort. */
const SHOWN = 6;

/** What a text finds: pages, actions and apps by any part of their name, the rest in all apps by its beginning. */
export function useFinds(text: string): {
  finds: readonly Find[];
  /** What there is to say of them. */
  note: string | undefined;
} {
  const session = useSession();
  const { data: overview } = useQuery(overviewQuery(session));
  const apps = overview?.apps ?? [];
  // Enter goes to what the whole text finds, and never to what a part of it found.
  const query = useQuery({ ...findsQuery(session, text, SHOWN + 1), enabled: text.length >= FROM_LETTERS });
  const finds = toAllFinds(session, { text, apps, found: query.data });
  return { finds, note: describeFinds(finds, query) };
}

function describeFinds(
  finds: readonly Find[],
  { error, isLoading }: Pick<UseQueryResult<Finds>, "error" | "isLoading">,
): string | undefined {
  if (error !== null) return "Accounts, groups, licenses and tasks could not be looked for.";
  if (finds.length === 0 && !isLoading) return "Nothing begins with that.";
  return undefined;
}

interface Found {
  text: string;
  apps: readonly AppOverview[];
  /** By what the Bridge looked for; nothing until it has responded. */
  found: Finds | undefined;
}

function toAllFinds(session: Session, { text, apps, found: finds }: Found): readonly Find[] {
  const { org } = session;
  const fits = ({ name }: Find) => name.toLowerCase().includes(text.toLowerCase());
  return [
    ...pagesOf(session).filter(fits),
    ...apps
      .map(({ app_id, name }): Find => ({
        key: app_id,
        sort: "App",
        name,
        detail: "",
        link: { to: "/o/$org/apps/$appId", params: { org, appId: app_id } },
      }))
      .filter(fits),
    ...(text === "" ? [] : actionsOf(session, apps).filter(fits)),
    ...toFinds(
      finds?.accounts,
      (found) => toFind(org, "Account", found),
      () => ({
        ...MORE,
        sort: "Account",
        name: `More accounts that begin with “${text}”`,
        link: { to: "/o/$org/people", params: { org }, search: { text } },
      }),
    ),
    ...toFinds(
      finds?.groups,
      (found) => toFind(org, "Group", found),
      (more) => toListFind(org, "Group", more, text),
    ),
    ...toFinds(
      finds?.licenses,
      (found) => toFind(org, "License", found),
      (more) => toListFind(org, "License", more, text),
    ),
    ...toFinds(
      finds?.tasks,
      (task) => toTaskFind(org, task),
      () => ({
        ...MORE,
        sort: "Task",
        name: `More tasks of “${text}”`,
        link: { to: "/o/$org/tasks", params: { org }, search: { text } },
      }),
    ),
  ];
}

const MORE = { key: "", detail: "see the list" };

/** Those that are shown and, where there are more, what leads to the list of them. */
function toFinds<Found>(
  found: readonly Found[] = [],
  toFind: (one: Found) => Find,
  toList: (first: Found) => Find,
): Find[] {
  const finds = found.slice(0, SHOWN).map(toFind);
  const more = found[SHOWN];
  if (more === undefined) return finds;
  const list = toList(more);
  return [...finds, { ...list, key: `more ${list.sort}` }];
}

/** The list of an app that has more of what was found. */
function toListFind(org: string, sort: Find["sort"], { app_id: appId, app_name, slug }: FoundRecord, text: string) {
  const link: LinkProps = {
    to: "/o/$org/apps/$appId/records/$slug",
    params: { org, appId, slug },
    search: { text } as never,
  };
  return { ...MORE, sort, name: `More that begin with “${text}” in ${app_name}`, link };
}

/** What the role of whoever is signed in may do, each at the page where it is done. */
function actionsOf({ org, role }: Session, apps: readonly { app_id: string; name: string }[]): Find[] {
  const params = { org };
  const see: Find[] = [
    { name: "See failed tasks", search: { state: "failed" } },
    { name: "See scheduled tasks", search: { state: "scheduled" } },
  ].map(({ name, search }) => ({
    key: name,
    sort: "Action",
    name,
    detail: "",
    link: { to: "/o/$org/tasks", params, search: search as never },
  }));
  if (role !== "admin" && role !== "operator") return see;
  const make = apps.map(({ app_id: appId, name }): Find => ({
    key: `new ${appId}`,
    sort: "Action",
    name: `New task in ${name}`,
    detail: "",
    link: { to: "/o/$org/apps/$appId/tasks/new", params: { org, appId } },
  }));
  if (role !== "admin") return [...see, ...make];
  const administer: Find[] = [
    { key: "new-key", sort: "Action", name: "New key", detail: "", link: { to: "/o/$org/keys", params } },
    {
      key: "new-link",
      sort: "Action",
      name: "New sign-in link",
      detail: "",
      link: { to: "/o/$org/keys/users", params },
    },
    ...apps.map(({ app_id: appId, name }): Find => ({
      key: `guard ${appId}`,
      sort: "Action",
      name: `Change guard of ${name}`,
      detail: "",
      link: { to: "/o/$org/apps/$appId/connector", params: { org, appId } },
    })),
  ];
  return [...see, ...administer, ...make];
}

const UNREAD_BY_OPERATORS = new Set(["Erasures", "Keys", "People who sign in"]);

function pagesOf({ org, role }: Session): Find[] {
  const pages = {
    Overview: "/o/$org",
    People: "/o/$org/people",
    Apps: "/o/$org/apps",
    Tasks: "/o/$org/tasks",
    Changes: "/o/$org/changes",
    Fleet: "/o/$org/fleet",
    Audit: "/o/$org/audit",
    Erasures: "/o/$org/audit/erasures",
    Keys: "/o/$org/keys",
    "People who sign in": "/o/$org/keys/users",
    System: "/o/$org/system",
  } as const;
  const read = Object.entries(pages).filter(([name]) => role !== "operator" || !UNREAD_BY_OPERATORS.has(name));
  return read.map(([name, to]) => ({
    key: to,
    sort: "Page",
    name,
    detail: "",
    link: { to, params: { org } },
  }));
}

function toFind(
  org: string,
  sort: Find["sort"],
  { app_id: appId, app_name, slug, record: { data } }: FoundRecord,
): Find {
  return {
    key: `${appId} ${slug} ${data.id}`,
    sort,
    name: toRecordName(data),
    detail: [data.email ?? data.username, app_name].filter(Boolean).join(" · "),
    link: { to: "/o/$org/apps/$appId/records/$slug/record", params: { org, appId, slug }, search: { id: data.id } },
  };
}

function toTaskFind(org: string, { app_id: appId, app_name, account_name, task }: AppTask): Find {
  return {
    key: task.id,
    sort: "Task",
    name: `${actionLabel(task.action)}: ${toAccountName(task, account_name)}`,
    detail: `${app_name} · ${task.status}`,
    link: { to: "/o/$org/apps/$appId/tasks/$taskId", params: { org, appId, taskId: task.id } },
  };
}
