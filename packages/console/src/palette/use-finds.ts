import { useQuery } from "@tanstack/react-query";
import type { LinkProps } from "@tanstack/react-router";
import { overviewQuery, peopleQuery, type PersonAccount } from "../api/queries.ts";
import { toRecordName } from "../records/record-name.ts";
import { useSession } from "../session/session.ts";

/** Something to go to. */
export interface Find {
  key: string;
  sort: "Page" | "App" | "Account";
  name: string;
  /** What tells it from others of its name. */
  detail: string;
  link: LinkProps;
}

const FROM_LETTERS = 2;

/** What a text finds: pages and apps by any part of their name, accounts of all apps by its beginning. */
export function useFinds(text: string): readonly Find[] {
  const session = useSession();
  const { org } = session;
  const { data: overview } = useQuery(overviewQuery(session));
  const apps = overview?.apps ?? [];
  const isSearch = text.length >= FROM_LETTERS;
  const { data: people } = useQuery({
    ...peopleQuery(session, { text }),
    enabled: isSearch,
    // Enter goes to what the whole text finds, and never to what a part of it found.
    placeholderData: undefined,
  });
  const fits = ({ name }: Find) => name.toLowerCase().includes(text.toLowerCase());
  return [
    ...pagesOf(org).filter(fits),
    ...apps
      .map(({ app_id, name }): Find => ({
        key: app_id,
        sort: "App",
        name,
        detail: "",
        link: { to: "/o/$org/apps/$appId", params: { org, appId: app_id } },
      }))
      .filter(fits),
    ...(isSearch ? (people?.rows ?? []).map((account) => toFind(org, account)) : []),
  ];
}

function pagesOf(org: string): Find[] {
  const pages = {
    Overview: "/o/$org",
    People: "/o/$org/people",
    Apps: "/o/$org/apps",
    Tasks: "/o/$org/tasks",
    Changes: "/o/$org/changes",
    Audit: "/o/$org/audit",
    Keys: "/o/$org/keys",
    "People who sign in": "/o/$org/keys/users",
    System: "/o/$org/system",
  } as const;
  return Object.entries(pages).map(([name, to]) => ({
    key: to,
    sort: "Page",
    name,
    detail: "",
    link: { to, params: { org } },
  }));
}

function toFind(org: string, { app_id: appId, app_name, slug, record: { data } }: PersonAccount): Find {
  return {
    key: `${appId} ${slug} ${data.id}`,
    sort: "Account",
    name: toRecordName(data),
    detail: [data.email ?? data.username, app_name].filter(Boolean).join(" · "),
    link: { to: "/o/$org/apps/$appId/records/$slug/record", params: { org, appId, slug }, search: { id: data.id } },
  };
}
