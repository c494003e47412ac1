import { isUpstreamError, pageByOffset, UpstreamError, urlPath } from "@bridgekit/core";
import type { ConnectTools, ErrorResponse, ErrorExplanation, HttpRequest } from "@bridgekit/core";
import type { JiraConfig } from "./jira-config.ts";

// The parts of the responses of Jira's REST API, version 3, that the connector reads.

export interface JiraUser {
  accountId: string;
  /** `atlassian` is a person; `unknown` remains of a deleted account. */
  accountType: string;
  displayName: string;
  active: boolean;
  /** Absent if the person's profile hides it; sometimes `null` or empty. */
  emailAddress?: string | null;
}

export type JiraGroup = { groupId: string; name: string };

export type JiraProject = { id: string; key: string; name: string };

export type JiraProjectRole = { id: number; name: string };

/** A holder of a project role: a user, or a group with all of its members. */
export type JiraRoleActor = { actorUser?: { accountId: string }; actorGroup?: JiraGroup };

/** An application role of Jira: access to a product, with its seats. */
export interface JiraProduct {
  key: string;
  name: string;
  /** Members of any of these have the product. */
  groupDetails?: JiraGroup[] | null;
  /** The groups that new users join. */
  defaultGroupsDetails?: JiraGroup[] | null;
  numberOfSeats?: number | null;
  remainingSeats?: number | null;
  userCount?: number | null;
  hasUnlimitedSeats?: boolean | null;
}

export type JiraApplication = { id: string; plan: "UNLICENSED" | "FREE" | "PAID" };

type Query = HttpRequest["query"];

/** `limit` is the requested page size. */
type List<Item> = { path: string; query?: Query; limit: number; idOf: (item: Item) => string };

export type JiraClient = ReturnType<typeof createJiraClient>;

/** The calls of Jira's REST API, version 3, that the connector makes. */
export function createJiraClient(config: JiraConfig, createHttp: ConnectTools["http"]) {
  const { site, email, apiToken, cloudId, apiUrl } = config;
  const system = `Jira at ${site.replace(/\/+$/, "")}`;
  // Jira limits each endpoint of a site separately, for all callers; Atlassian's gateway serves many sites.
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

  /** Reads a list of pages with `isLast` and `total`. */
  function pages<Item>({ path, query, limit, idOf }: List<Item>): AsyncGenerator<Item> {
    return pageByOffset(
      async (startAt) => {
        const request = toGet(path, { ...query, startAt, maxResults: limit });
        const { items, body } = await http.list<Item, { isLast?: boolean; total?: number }>(request, "values");
        const { isLast = null, total = null } = body;
        if (isLast === null && total === null)
          throw UpstreamError.final(`${system} returned GET ${path} without the end of the list`);
        return { items, isLast, total };
      },
      { list: `${system} (GET ${path})`, limit, idOf },
    );
  }

  /** Reads a list without pages. Nothing proves that an empty one is complete, so it is read twice. */
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
      const response = await get<Permissions>("/mypermissions", { permissions: key });
      return response?.permissions?.[key]?.havePermission === true;
    },

    /**
     * Reads all users, including inactive and deleted ones, apps and customers. A page may be short or empty before the
     * end, since Jira hides rows after cutting the page, and may be capped below the requested size.
     */
    users: () =>
      pageByOffset(
        async (startAt) => ({ items: await list<JiraUser>("/users/search", { startAt, maxResults: 1000 }) }),
        { list: `${system} (users)`, limit: 1000, idOf: userIdOf, emptyPages: 2, step: "overlap" },
      ),
    groups: () => pages<JiraGroup>({ path: "/group/bulk", ...groupList }),
    // By default Jira omits inactive members, so a suspended person would lose every group.
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
    /** Whether the token's user may see the project. */
    hasProject: async (id: string) => (await list("/project/search", { id }, "values")).length > 0,

    rolesOf: (projectId: string) => whole<JiraProjectRole>(urlPath`/project/${projectId}/roledetails`),
    actorsOf: (projectId: string, roleId: string | number) =>
      list<JiraRoleActor>(rolePath(projectId, roleId), {}, "actors"),
    products: () => whole<JiraProduct>("/applicationrole"),
    applications: () => list<JiraApplication>("/instance/license", {}, "applications"),

    /** Finds active users only. */
    searchUsers: (query: string) => list<JiraUser>("/user/search", { query, maxResults: 50 }),
    getUser: (accountId: string) => get<JiraUser>("/user", { accountId }),
    groupsOf: (accountId: string) => list<JiraGroup>("/user/groups", { accountId }),
    /** Returns those of the groups that exist. */
    groupsById(groupIds: readonly string[]): Promise<JiraGroup[]> {
      const ids = groupIds.map((id) => `groupId=${encodeURIComponent(id)}`).join("&");
      return Array.fromAsync(pages<JiraGroup>({ path: `/group/bulk?${ids}`, ...groupList }));
    },

    createUser: (emailAddress: string, products: readonly string[]) =>
      http.request<JiraUser>({ method: "POST", path: "/rest/api/3/user", body: { emailAddress, products } }),
    // Not idempotent: a second delete returns 404.
    deleteUser: (accountId: string) => change("DELETE", "/user", { query: { accountId }, isIdempotent: false }),
    // Jira refuses a member that exists, with a text that counts as done.
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

// Calls that name nothing but a user: only there a 404 must be about the account.
const USER_PATHS = new Set(["/rest/api/3/user", "/rest/api/3/user/groups"]);

/** Reads Jira's error response `{errorMessages, errors}`, which has texts but no codes. */
function explainJiraError({ method, path, status, body }: ErrorResponse): ErrorExplanation | undefined {
  const { errorMessages, errors } = Object(body) as { errorMessages?: unknown; errors?: object };
  if (!Array.isArray(errorMessages) && typeof errors !== "object") return undefined;
  const ofFields = Object.entries(errors ?? {}).map(([field, text]) => `${field}: ${String(text)}`);
  const message = [...((errorMessages ?? []) as string[]), ...ofFields].join("; ");
  if (status === 404 && USER_PATHS.has(path)) return { message, code: "ACCOUNT_NOT_FOUND" };
  // A list of users that took Jira longer than 10 seconds.
  if (status === 409 && path.endsWith("/users/search"))
    return { message, code: "TIMEOUT", isRetryable: true, effect: "none" };
  // Jira may return this although the invitation was sent.
  return { message, ...(status === 400 && method === "POST" && USER_PATHS.has(path) && { effect: "unknown" }) };
}
