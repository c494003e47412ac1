import { pageByCursor, TaskError, UpstreamError, urlPath, type ConnectTools } from "@bridgekit/core";
import type { JiraConfig } from "./jira-config.ts";
import { explainOrganizationError } from "./organization-errors.ts";

export type OrganizationClient = ReturnType<typeof createOrganizationClient>;

/** What the organization knows of an account and Jira does not tell. */
export interface OrganizationUser {
  accountId: string;
  name?: string | null;
  email?: string | null;
  /** `active`, `suspended`, `not_invited`, `deactivated`, `for_deletion`. */
  status?: string | null;
  /** `active`, `suspended`, `no_membership`. */
  membershipStatus?: string | null;
}

export interface Directory {
  directoryId: string;
  name?: string;
}

interface Page<Item> {
  data: Item[];
  links?: { next?: string | null };
}

/** The calls of Atlassian's Organizations API, version 2, that the connector makes. */
export function createOrganizationClient(
  { id, apiKey, directoryId }: NonNullable<JiraConfig["organization"]>,
  apiUrl: string,
  createHttp: ConnectTools["http"],
) {
  const system = `Atlassian organization ${id}`;
  const http = createHttp({
    system,
    baseUrl: apiUrl,
    headers: { authorization: `Bearer ${apiKey}` },
    explain: explainOrganizationError,
    // Limits are by endpoint here as well; what follows `/users/` is an account.
    limits: { lane: ({ method, path }) => `${method} ${path.replace(/\/users\/[^/]+/, "/users/ID")}` },
  });
  const root = urlPath`/admin/v2/orgs/${id}/directories`;

  function pages<Item>(path: string, idOf: (item: Item) => string): AsyncGenerator<Item> {
    const list = `${system} (GET ${path})`;
    return pageByCursor(
      async (cursor) => {
        const page = await http.request<Page<Item> | undefined>({
          method: "GET",
          path,
          query: { limit: 100, ...(cursor !== undefined && { cursor }) },
        });
        if (!Array.isArray(page?.data)) throw unusable(`${list} was answered with something that is no list`);
        return { items: page.data, next: page.links?.next ?? null };
      },
      { list, idOf },
    );
  }

  const directories = () => Array.fromAsync(pages<Directory>(root, (directory) => directory.directoryId));

  /** The configured directory, or the only one there is. */
  async function findDirectory(): Promise<string> {
    if (directoryId !== undefined) return directoryId;
    const found = await directories();
    if (found.length === 1) return found[0]!.directoryId;
    const names = found.map((directory) => `${directory.directoryId} (${directory.name ?? "no name"})`).join(", ");
    throw new TaskError(
      "INTERNAL_ERROR",
      `${system} has ${found.length} directories: ${names || "none"}. Set organization.directoryId to the one of the site.`,
    );
  }

  async function userPath(accountId: string): Promise<string> {
    return root + urlPath`/${await findDirectory()}/users/${accountId}`;
  }

  return {
    system,
    directories,
    /** Those of all directories (`-`), suspended ones too. */
    users: () => pages<OrganizationUser>(`${root}/-/users`, ({ accountId }) => accountId),
    async getUser(accountId: string): Promise<OrganizationUser> {
      const answer = await http.request<{ data?: OrganizationUser } & OrganizationUser>({
        method: "GET",
        path: await userPath(accountId),
      });
      return answer.data ?? answer;
    },
    async suspend(accountId: string): Promise<void> {
      await http.request({ method: "POST", path: `${await userPath(accountId)}/suspend`, isIdempotent: true });
    },
    async restore(accountId: string): Promise<void> {
      await http.request({ method: "POST", path: `${await userPath(accountId)}/restore`, isIdempotent: true });
    },
    /** Of a managed account that was deactivated; the User management API takes the same key. */
    async activate(accountId: string): Promise<void> {
      const path = urlPath`/users/${accountId}/manage/lifecycle/enable`;
      await http.request({ method: "POST", path, isIdempotent: true });
    },
  };
}

/** Who is deactivated can sign in nowhere; `restore` changes nothing of that. */
export function isDeactivated({ status }: OrganizationUser): boolean {
  return status === "deactivated";
}

export function isSuspended({ status, membershipStatus }: OrganizationUser): boolean {
  return status === "suspended" || membershipStatus === "suspended";
}

function unusable(message: string): UpstreamError {
  return new UpstreamError(message, { code: "INTERNAL_ERROR", isRetryable: false, effect: "none" });
}
