import { keepPreviousData, useQuery } from "@tanstack/react-query";
import type { LinkProps } from "@tanstack/react-router";
import { overviewQuery } from "../api/queries.ts";
import { toRecordName } from "../records/record-name.ts";
import { useSession, type Session } from "../session/session.ts";

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
const MOST_APPS = 12;
const ACCOUNTS_OF_AN_APP = 4;

/** What a text finds: pages and apps by any part of their name, accounts of all apps by its beginning. */
export function useFinds(text: string): readonly Find[] {
  const session = useSession();
  const { org } = session;
  const { data: overview } = useQuery(overviewQuery(session));
  const apps = overview?.apps ?? [];
  const { data: accounts = [] } = useQuery({
    queryKey: ["finds", text, apps.map(({ app_id }) => app_id)],
    queryFn: ({ signal }) => findAccounts(session, apps.slice(0, MOST_APPS), text, signal),
    enabled: text.length >= FROM_LETTERS,
    placeholderData: keepPreviousData,
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
    ...(text.length >= FROM_LETTERS ? accounts : []),
  ];
}

function pagesOf(org: string): Find[] {
  const pages = {
    Overview: "/o/$org",
    Apps: "/o/$org/apps",
    Tasks: "/o/$org/tasks",
    Audit: "/o/$org/audit",
    Keys: "/o/$org/keys",
  } as const;
  return Object.entries(pages).map(([name, to]) => ({
    key: to,
    sort: "Page",
    name,
    detail: "",
    link: { to, params: { org } },
  }));
}

async function findAccounts(
  { client, org }: Session,
  apps: readonly { app_id: string; name: string }[],
  text: string,
  signal: AbortSignal,
): Promise<Find[]> {
  const found = await Promise.all(
    apps.map(async ({ app_id: appId, name: appName }) => {
      const types = await client.listResourceTypes(appId, { signal });
      const slug = types.find(({ type }) => type === "account")?.slug;
      if (slug === undefined) return [];
      const params = { path: { app_id: appId, slug }, query: { text, limit: ACCOUNTS_OF_AN_APP } };
      const { data } = await client.api.GET("/api/v1/bridge/apps/{app_id}/records/{slug}/", { params, signal });
      return (data?.records ?? []).map(({ data: record }): Find => ({
        key: `${appId} ${record.id}`,
        sort: "Account",
        name: toRecordName(record),
        detail: [record.email ?? record.username, appName].filter(Boolean).join(" · "),
        link: {
          to: "/o/$org/apps/$appId/records/$slug/record",
          params: { org, appId, slug },
          search: { id: record.id },
        },
      }));
    }),
  );
  return found.flat();
}
