import { isUpstreamError, pageByOffset, UpstreamError, urlPath } from "@bridgekit/core";
import type { ConnectTools, ErrorResponse, ErrorExplanation, HttpRequest } from "@bridgekit/core";
import type { JiraConfig } from "./jira-config.ts";

// As much of the answers of Jira's REST API, version 3, as the connector reads.

export interface JiraUser {
  accountId: string;
  /** `atlassian` is a person; `unknown` is what is left of somebody who deleted the account. */
  accountType: string;
  displayName: string;
  active: boolean;
  /** Absent where the person's profile does not show it to us; sometimes `null` or empty. */
  emailAddress?: string | null;
}

export type JiraGroup = { groupId: string; name: string };

export type JiraProject = { id: string; key: string; name: string };

export type JiraProjectRole = { id: number; name: string };

/** Somebody who holds a project role: a user, or a group with all of its members. */
export type JiraRoleActor = { actorUser?: { accountId: string }; actorGroup?: JiraGroup };

/** What Jira calls an application role: access to a product, with its seats. */
export interface JiraProduct {
  key: string;
  name: string;
  /** Whoever is in one of these has the product. */
  groupDetails?: JiraGroup[] | null;
  /** Those into which new users come. */
  defaultGroupsDetails?: JiraGroup[] | null;
  numberOfSeats?: number | null;
  remainingSeats?: number | null;
  userCount?: number | null;
  hasUnlimitedSeats?: boolean | null;
}

export type JiraApplication = { id: string; plan: "UNLICENSED" | "FREE" | "PAID" };

type Query = HttpRequest["query"];

/** `limit` is what is asked for in a page. */
type List<Item> = { path: string; query?: Query; limit: number; idOf: (item: Item) => string };

export type JiraClient = ReturnType<typeof createJiraClient>;

/** The calls of Jira's REST API, version 3, that the connector makes. */
export function createJiraClient(config: JiraConfig, createHttp: ConnectTools["http"]) {
  const { site, email, apiToken, cloudId, apiUrl } = config;
  const system = `Jira at ${site.replace(/\/+$/, "")}`;
  // Jira limits each endpoint of a site by itself, for all who call it; behind Atlassian's gateway are many sites.
  const bucket = ({ method, path }: Record<"method" | "path", string>) => [cloudId, method, toEndpoint(path)].join(" ");
  const http = createHttp({
    system,
    baseUrl: cloudId === undefined ? site : `${apiUrl.replace(/\/+$/, "")}${urlPath`/ex/jira/${cloudId}`}`,
    headers: { authorization: `Basic ${Buffer.from(`${email}:${apiToken}`).toString("base64")}` },
    explain: explainJiraError,
    limits: { bucket, read: () => ({ scope: "host" }) },
  });
  const toGet = (path: string, query: Query = {}) => ({ method: "GET", path: `/rest/api/3${path}`, query }) as const;
  const get = <T>(path: string, query?: Query) => http.request<T>(toGet(path, query));
  const list = async <Item>(path: string, query?: Query, key?: string) =>
    (await http.list<Item>(toGet(path, query), key)).items;
  const change = (method: "POST" | "DELETE", path: string, rest: Partial<HttpRequest>) =>
    http.request({ method, path: `/rest/api/3${path}`, isIdempotent: true, ...rest });
  const rolePath = (projectId: string, roleId: string | number) => urlPath`/project/${projectId}/role/${roleId}`;

  /** The items of a list of pages with `isLast` and `total`. */
  function pages<Item>({ path, query, limit, idOf }: List<Item>): AsyncGenerator<Item> {
    return pageByOffset(
      async (startAt) => {
        const request = toGet(path, { ...query, startAt, maxResults: limit });
        const { items, body } = await http.list<Item, { isLast?: boolean; total?: number }>(request, "values");
        const { isLast = null, total = null } = body;
        if (isLast === null && total === null)
          throw UpstreamError.final(`${system} answered GET ${path} without saying where the list ends`);
        return { items, isLast, total };
      },
      { list: `${system} (GET ${path})`, limit, idOf },
    );
  }

  /** A list that comes in one piece. Nothing else proves that there are none, so an empty one is asked for twice. */
  async function whole<Item>(path: string): Promise<Item[]> {
    const items = await list<Item>(path);
    return items.length > 0 ? items : list<Item>(path);
  }

  const groupList = { limit: 50, idOf: ({ groupId }: JiraGroup) => groupId };
  const userIdOf = ({ accountId }: JiraUser) => accountId;

  return {
    system,
    myself: () => get<JiraUser>("/myself"),

    /** Whether the token's user has a global permission. */
    async hasPermission(key: "USER_PICKER" | "ADMINISTER"): Promise<boolean> {
      type Permissions = { permissions?: Record<string, { havePermission?: boolean }> } | undefined;
      const answer = await get<Permissions>("/mypermissions", { permissions: key });
      return answer?.permissions?.[key]?.havePermission === true;
    },

    /**
     * Everybody: inactive and deleted users too, apps and customers. A page may be short or empty in the middle, since
     * Jira hides rows after it has cut the page, and may be capped below what is asked for.
     */
    users: () =>
      pageByOffset(
        async (startAt) => ({ items: await list<JiraUser>("/users/search", { startAt, maxResults: 1000 }) }),
        { list: `${system} (users)`, limit: 1000, idOf: userIdOf, emptyPages: 2, step: "overlap" },
      ),
    groups: () => pages<JiraGroup>({ path: "/group/bulk", ...groupList }),
    // Left to itself Jira leaves out inactive members, and a suspended person would lose every group.
    membersOf: (groupId: string) =>
      pages<JiraUser>({
        path: "/group/member",
        query: { groupId, includeInactiveUsers: true },
        limit: 50,
        idOf: userIdOf,
      }),
    async *projects(): AsyncGenerator<JiraProject> {
      let isAny = false;
      try {
        for await (const project of pages<JiraProject>({ path: "/project/search", limit: 100, idOf: ({ id }) => id })) {
          isAny = true;
          yield project;
        }
      } catch (error) {
        // A site without projects.
        const isNone = !isAny && isUpstreamError(error, 404) && "errorMessages" in Object(error.body);
        if (!isNone) throw error;
      }
    },
    /** Whether the token's user may see such a project. */
    hasProject: async (id: string) => (await list("/project/search", { id }, "values")).length > 0,

    rolesOf: (projectId: string) => whole<JiraProjectRole>(urlPath`/project/${projectId}/roledetails`),
    actorsOf: (projectId: string, roleId: string | number) =>
      list<JiraRoleActor>(rolePath(projectId, roleId), {}, "actors"),
    products: () => whole<JiraProduct>("/applicationrole"),
    applications: () => list<JiraApplication>("/instance/license", {}, "applications"),

    /** Active users only: Jira's search finds no others. */
    searchUsers: (query: string) => list<JiraUser>("/user/search", { query, maxResults: 50 }),
    getUser: (accountId: string) => get<JiraUser>("/user", { accountId }),
    groupsOf: (accountId: string) => list<JiraGroup>("/user/groups", { accountId }),
    /** Those of these groups that exist. */
    groupsById(groupIds: readonly string[]): Promise<JiraGroup[]> {
      const ids = groupIds.map((id) => `groupId=${encodeURIComponent(id)}`).join("&");
      return Array.fromAsync(pages<JiraGroup>({ path: `/group/bulk?${ids}`, ...groupList }));
    },

    createUser: (emailAddress: string, products: readonly string[]) =>
      http.request<JiraUser>({ method: "POST", path: "/rest/api/3/user", body: { emailAddress, products } }),
    // The second of two deletes answers 404, so it is not for the HTTP client to repeat.
    deleteUser: (accountId: string) => change("DELETE", "/user", { query: { accountId }, isIdempotent: false }),
    // What is there already is refused by a text that is read as done.
    addToGroup: (groupId: string, accountId: string) =>
      change("POST", "/group/user", { query: { groupId }, body: { accountId } }),
    removeFromGroup: (groupId: string, accountId: string) =>
      change("DELETE", "/group/user", { query: { groupId, accountId } }),
    addActor: (projectId: string, roleId: string, accountId: string) =>
      change("POST", rolePath(projectId, roleId), { body: { user: [accountId] } }),
    removeActor: (projectId: string, roleId: string, accountId: string) =>
      change("DELETE", rolePath(projectId, roleId), { query: { user: accountId } }),
  };
}

/** The path without query and ids: the roles of all projects are one endpoint. */
const toEndpoint = (path: string) => path.replace(/\?.*$/s, "").replaceAll(/(project|role)\/\d+/g, "$1/ID");

// Calls that name a user and nothing else: only there a 404 can but mean the account.
const USER_PATHS = new Set(["/rest/api/3/user", "/rest/api/3/user/groups"]);

/** Reads Jira's error answer `{errorMessages, errors}`. It has texts and no codes. */
function explainJiraError({ method, path, status, body }: ErrorResponse): ErrorExplanation | undefined {
  const { errorMessages, errors } = Object(body) as { errorMessages?: unknown; errors?: object };
  if (!Array.isArray(errorMessages) && typeof errors !== "object") return undefined;
  const ofFields = Object.entries(errors ?? {}).map(([field, text]) => `${field}: ${String(text)}`);
  const message = [...((errorMessages ?? []) as string[]), ...ofFields].join("; ");
  if (status === 404 && USER_PATHS.has(path)) return { message, code: "ACCOUNT_NOT_FOUND" };
  // A list of users that took Jira more than 10 seconds.
  if (status === 409 && path.endsWith("/users/search"))
    return { message, code: "TIMEOUT", isRetryable: true, effect: "none" };
  // It may come although the invitation went out.
  return { message, ...(status === 400 && method === "POST" && USER_PATHS.has(path) && { effect: "unknown" }) };
}
