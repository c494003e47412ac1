import { lazy, pageByCursor, TaskError, urlPath } from "@bridgekit/core";
import type { ConnectTools, ErrorResponse, ErrorExplanation } from "@bridgekit/core";
import type { JiraConfig } from "./jira-config.ts";

type Settings = NonNullable<JiraConfig["organization"]>;
export type OrganizationClient = ReturnType<typeof createOrganizationClient>;

/** What the organization knows of an account but Jira does not return. */
export interface OrganizationUser {
  accountId: string;
  name?: string | null;
  email?: string | null;
  /** `active`, `suspended`, `not_invited`, `deactivated`, `for_deletion`. */
  status?: string | null;
  /** `active`, `suspended`, `no_membership`. */
  membershipStatus?: string | null;
}

/** The calls of Atlassian's Organizations API, version 2, that the connector makes. */
export function createOrganizationClient(settings: Settings, apiUrl: string, createHttp: ConnectTools["http"]) {
  const { id, apiKey, directoryId } = settings;
  const system = `Atlassian organization ${id}`;
  const http = createHttp({
    system,
    baseUrl: apiUrl,
    headers: { authorization: `Bearer ${apiKey}` },
    explain: explainOrganizationError,
    // Limits apply by endpoint here as well; an account id follows `/users/`.
    limits: { bucket: ({ method, path }) => `${method} ${path.replace(/\/users\/[^/]+/, "/users/ID")}` },
  });
  const root = urlPath`/admin/v2/orgs/${id}/directories`;

  const pages = <Item>(path: string, idOf: (item: Item) => string): AsyncGenerator<Item> =>
    pageByCursor(
      async (cursor) => {
        const request = { method: "GET", path, query: { limit: 100, cursor } } as const;
        const { items, body } = await http.list<Item, { links?: { next?: string | null } }>(request, "data");
        return { items, next: body.links?.next ?? null };
      },
      { list: `${system} (GET ${path})`, idOf },
    );

  const directories = () =>
    Array.fromAsync(pages<{ directoryId: string; name?: string }>(root, (directory) => directory.directoryId));

  /** Returns the configured directory, or the only one. */
  const findDirectory = lazy(async () => {
    if (directoryId !== undefined) return directoryId;
    const found = await directories();
    if (found.length === 1) return found[0]!.directoryId;
    const names = found.map((directory) => `${directory.directoryId} (${directory.name ?? "no name"})`);
    const message = `${system} has ${found.length} directories: ${names.join(", ") || "none"}`;
    throw new TaskError("INTERNAL_ERROR", `${message}. Set organization.directoryId to the one of the site.`);
  });
  const userPath = async (accountId: string) => root + urlPath`/${await findDirectory()}/users/${accountId}`;
  const post = (path: string) => http.request({ method: "POST", path, isIdempotent: true });

  return {
    system,
    directories,
    /** The users of all directories (`-`), including suspended ones. */
    users: () => pages<OrganizationUser>(`${root}/-/users`, ({ accountId }) => accountId),
    async getUser(accountId: string): Promise<OrganizationUser> {
      type Body = { data?: OrganizationUser } & OrganizationUser;
      const body = await http.request<Body>({ method: "GET", path: await userPath(accountId) });
      return body.data ?? body;
    },
    suspend: async (accountId: string) => post(`${await userPath(accountId)}/suspend`),
    restore: async (accountId: string) => post(`${await userPath(accountId)}/restore`),
    /** For a deactivated managed account; the User management API accepts the same key. */
    activate: (accountId: string) => post(urlPath`/users/${accountId}/manage/lifecycle/enable`),
  };
}

/** A deactivated account cannot sign in anywhere, and `restore` does not change that. */
export function stateOf({ status, membershipStatus }: OrganizationUser): "suspended" | "deactivated" | undefined {
  if (status === "suspended" || membershipStatus === "suspended") return "suspended";
  return status === "deactivated" ? "deactivated" : undefined;
}

const NO_SUCH_USER = "ADMIN-404-8";

/** Reads the error responses of Atlassian's Organizations API, `{errors: [{code, title, detail}]}`, and of its gateway. */
function explainOrganizationError({ status, body }: ErrorResponse): ErrorExplanation | undefined {
  type OrganizationError = { code?: string; title?: string; detail?: string };
  const { errors, message, key } = Object(body) as { errors?: OrganizationError[]; message?: string; key?: string };
  // The User management API only returns a key: `forbidden.action`.
  if (key === "accountNotFound") return { message: key, code: "ACCOUNT_NOT_FOUND" };
  if (!Array.isArray(errors)) return { message: message ?? key };
  const texts = errors.map(({ code, title, detail }) => `${detail ?? title ?? "no reason"} (${code ?? "no code"})`);
  const isMissing = status === 404 && errors.some(({ code }) => code === NO_SUCH_USER);
  return { message: texts.join("; "), ...(isMissing && { code: "ACCOUNT_NOT_FOUND" }) };
}
