import { isUpstreamError, urlPath, type ConnectTools } from "@bridgekit/core";
import type { JiraConfig } from "./jira-config.ts";
import { explainJiraError } from "./jira-errors.ts";
import type {
  JiraGroup,
  JiraLicense,
  JiraPage,
  JiraProduct,
  JiraProject,
  JiraProjectRole,
  JiraRoleActor,
  JiraUser,
} from "./jira-models.ts";
import { readArrays, readPages, readWhole, toItems } from "./jira-pages.ts";

// The most that Jira gives.
const USERS_PER_PAGE = 1000;
const GROUPS_PER_PAGE = 50;
const MEMBERS_PER_PAGE = 50;
const PROJECTS_PER_PAGE = 100;

export type JiraClient = ReturnType<typeof createJiraClient>;

/** The calls of Jira's REST API, version 3, that the connector makes. */
export function createJiraClient(
  { site, email, apiToken, cloudId, apiUrl }: JiraConfig,
  createHttp: ConnectTools["http"],
) {
  const system = `Jira at ${site.replace(/\/+$/, "")}`;
  const http = createHttp({
    system,
    baseUrl: cloudId === undefined ? site : `${apiUrl.replace(/\/+$/, "")}${urlPath`/ex/jira/${cloudId}`}`,
    headers: { authorization: `Basic ${Buffer.from(`${email}:${apiToken}`).toString("base64")}` },
    explain: explainJiraError,
    // Jira limits each endpoint by itself.
    limits: { lane: ({ method, path }) => `${method} ${toEndpoint(path)}` },
  });
  const get = <T>(path: string, query?: Record<string, string | number | boolean>) =>
    http.request<T>({ method: "GET", path: `/rest/api/3${path}`, ...(query && { query }) });
  const rolePath = (projectId: string, roleId: string | number) => urlPath`/project/${projectId}/role/${roleId}`;

  return {
    system,
    myself: () => get<JiraUser>("/myself"),

    /** Which of these global permissions the token's user has. */
    async permissions<Key extends string>(keys: readonly Key[]): Promise<Record<Key, boolean>> {
      const answer = await get<{ permissions?: Record<string, { havePermission?: boolean }> } | undefined>(
        "/mypermissions",
        { permissions: keys.join(",") },
      );
      const entries = keys.map((key) => [key, answer?.permissions?.[key]?.havePermission === true]);
      return Object.fromEntries(entries) as Record<Key, boolean>;
    },

    /** Everybody: inactive and deleted users too, apps and customers. */
    users: () =>
      readArrays<JiraUser>(
        { list: `${system} (users)`, limit: USERS_PER_PAGE, idOf: ({ accountId }) => accountId },
        (startAt) => get("/users/search", { startAt, maxResults: USERS_PER_PAGE }),
      ),
    groups: () =>
      readPages<JiraGroup>(
        { list: `${system} (groups)`, limit: GROUPS_PER_PAGE, idOf: ({ groupId }) => groupId },
        (startAt) => get("/group/bulk", { startAt, maxResults: GROUPS_PER_PAGE }),
      ),
    membersOf: (groupId: string) =>
      readPages<JiraUser>(
        {
          list: `${system} (members of group ${groupId})`,
          limit: MEMBERS_PER_PAGE,
          idOf: ({ accountId }) => accountId,
        },
        // Left to itself Jira leaves out inactive members, and a suspended person would lose every group.
        (startAt) =>
          get("/group/member", { groupId, includeInactiveUsers: true, startAt, maxResults: MEMBERS_PER_PAGE }),
      ),
    projects: () =>
      readPages<JiraProject>(
        { list: `${system} (projects)`, limit: PROJECTS_PER_PAGE, idOf: ({ id }) => id },
        async (startAt) => {
          try {
            return await get<JiraPage<JiraProject>>("/project/search", { startAt, maxResults: PROJECTS_PER_PAGE });
          } catch (error) {
            // A site without projects.
            const isNone = startAt === 0 && isUpstreamError(error) && error.status === 404 && isJiraBody(error.body);
            if (isNone) return { values: [], isLast: true };
            throw error;
          }
        },
      ),

    /** Whether the token's user may see such a project. */
    async hasProject(id: string): Promise<boolean> {
      const page = await get<JiraPage<JiraProject> | undefined>("/project/search", { id });
      return toItems<JiraProject>({ list: `${system} (project ${id})` }, page?.values).length > 0;
    },

    rolesOf: (projectId: string) =>
      readWhole<JiraProjectRole>(`${system} (roles of project ${projectId})`, () =>
        get(urlPath`/project/${projectId}/roledetails`),
      ),
    async actorsOf(projectId: string, roleId: string | number): Promise<JiraRoleActor[]> {
      const answer = await get<{ actors?: unknown } | undefined>(rolePath(projectId, roleId));
      return toItems<JiraRoleActor>({ list: `${system} (actors of role ${roleId} of ${projectId})` }, answer?.actors);
    },
    products: () => readWhole<JiraProduct>(`${system} (products)`, () => get("/applicationrole")),
    license: async (): Promise<JiraLicense> => {
      const license = await get<{ applications?: unknown } | undefined>("/instance/license");
      return { applications: toItems({ list: `${system} (license)` }, license?.applications) };
    },

    /** Active users only: Jira's search finds no others. */
    async searchUsers(query: string): Promise<JiraUser[]> {
      return toItems({ list: `${system} (search of users)` }, await get("/user/search", { query, maxResults: 50 }));
    },
    getUser: (accountId: string) => get<JiraUser>("/user", { accountId }),
    async groupsOf(accountId: string): Promise<JiraGroup[]> {
      return toItems({ list: `${system} (groups of ${accountId})` }, await get("/user/groups", { accountId }));
    },
    /** Those of these groups that exist. */
    groupsById(groupIds: readonly string[]): Promise<JiraGroup[]> {
      const ids = groupIds.map((id) => `groupId=${encodeURIComponent(id)}`).join("&");
      return Array.fromAsync(
        readPages<JiraGroup>(
          { list: `${system} (groups)`, limit: GROUPS_PER_PAGE, idOf: ({ groupId }) => groupId },
          (startAt) => get(`/group/bulk?${ids}`, { startAt, maxResults: GROUPS_PER_PAGE }),
        ),
      );
    },

    createUser: (emailAddress: string, products: readonly string[]) =>
      http.request<JiraUser>({ method: "POST", path: "/rest/api/3/user", body: { emailAddress, products } }),
    // The second of two deletes answers 404, so it is not for the HTTP client to repeat.
    deleteUser: (accountId: string) =>
      http.request({ method: "DELETE", path: "/rest/api/3/user", query: { accountId }, isIdempotent: false }),
    // What is there already is refused by a text that is read as done.
    addToGroup: (groupId: string, accountId: string) =>
      http.request({
        method: "POST",
        path: "/rest/api/3/group/user",
        query: { groupId },
        body: { accountId },
        isIdempotent: true,
      }),
    removeFromGroup: (groupId: string, accountId: string) =>
      http.request({ method: "DELETE", path: "/rest/api/3/group/user", query: { groupId, accountId } }),
    addActor: (projectId: string, roleId: string, accountId: string) =>
      http.request({
        method: "POST",
        path: `/rest/api/3${rolePath(projectId, roleId)}`,
        body: { user: [accountId] },
        isIdempotent: true,
      }),
    removeActor: (projectId: string, roleId: string, accountId: string) =>
      http.request({
        method: "DELETE",
        path: `/rest/api/3${rolePath(projectId, roleId)}`,
        query: { user: accountId },
      }),
  };
}

/** The path without query and ids: the roles of all projects are one endpoint. */
function toEndpoint(path: string): string {
  return path.replace(/\?.*$/s, "").replaceAll(/(project|role)\/\d+/g, "$1/ID");
}

function isJiraBody(body: unknown): boolean {
  return typeof body === "object" && body !== null && "errorMessages" in body;
}
