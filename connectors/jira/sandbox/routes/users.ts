import { NotOffered } from "@bridgekit/sandbox";
import { createRoutes, readBody, readTexts, refuseParameters, type ApiContext } from "../api.ts";
import { demandAdmin, demandBrowse, demandSiteAdmin } from "../caller.ts";
import { badRequest, JiraError } from "../jira-error.ts";
import type { JiraSite } from "../jira-site.ts";
import { readWindow, toPage } from "../paging.ts";
import type { UserRow } from "../state.ts";
import { toGroup, toUser, toUserDetails } from "../wire.ts";

export const users = createRoutes();

/** All users as an array. Positions count hidden rows, so a page may be short before the end. */
function listEverybody(context: ApiContext) {
  const { site, caller, base, url } = context.var;
  demandBrowse(caller);
  const { startAt, maxResults } = readWindow(url, 50, 1000);
  const rows = [...site.users.values()].slice(startAt, startAt + maxResults);
  return context.json(rows.filter(({ isHidden }) => !isHidden).map((user) => toUser(user, base)));
}
users.get("/users", listEverybody);
users.get("/users/search", listEverybody);

users.get("/user/search", (context) => {
  const { site, caller, base, url } = context.var;
  refuseParameters(context, "property");
  const { query, accountId } = context.req.query();
  if (query === undefined && accountId === undefined)
    throw badRequest("The query, accountId or property parameter must be provided.");
  if (query !== undefined && accountId !== undefined)
    throw badRequest("The query and accountId parameters can't be used together.");
  // Without the permission to browse the result is empty, without an error.
  if (!caller.mayBrowse) return context.json([]);
  const { startAt, maxResults } = readWindow(url, 50, 1000);
  const found = [...site.users.values()].filter(
    (user) =>
      user.status === "active" &&
      !user.isHidden &&
      (accountId !== undefined ? user.accountId === accountId : matches(user, query ?? "")),
  );
  const rows = found.slice(0, 1000).slice(startAt, startAt + maxResults);
  return context.json(rows.map((user) => toUser(user, base)));
});

/** Searches by the beginning of a name or visible email; a hidden email matches only as a whole. */
function matches({ displayName, emailAddress, isEmailShown }: UserRow, query: string): boolean {
  const wanted = query.toLowerCase();
  const email = emailAddress.toLowerCase();
  const names = displayName.toLowerCase();
  if (names.startsWith(wanted) || names.split(" ").some((name) => name.startsWith(wanted))) return true;
  return isEmailShown ? email.startsWith(wanted) : email === wanted;
}

users.get("/user/bulk", (context) => {
  const { site, base, url } = context.var;
  const ids = context.req.queries("accountId") ?? [];
  if (ids.length === 0) throw badRequest("The accountId parameter must be provided.");
  const rows = ids.flatMap((id) => {
    const user = site.users.get(id);
    return user && user.status !== "removed" && !user.isHidden ? [user] : [];
  });
  return context.json(toPage(url, rows, readWindow(url, 10, 200), (user) => toUser(user, base)));
});

users.get("/user/groups", (context) => {
  const { site, caller, base } = context.var;
  demandBrowse(caller);
  const { accountId } = site.user(readAccountId(context));
  return context.json(site.groupsOf(accountId).map((group) => toGroup(group, base)));
});

users.get("/user", (context) => {
  const { site, caller, base } = context.var;
  demandBrowse(caller);
  return context.json(toUserDetails(site, site.user(readAccountId(context)), base, context.req.query("expand")));
});

users.post("/user", async (context) => {
  const { site, caller, base } = context.var;
  demandAdmin(caller, "create users");
  const body = await readBody(context);
  const email = body["emailAddress"];
  if (typeof email !== "string" || !/^[^@\s]+@[^@\s]+$/.test(email))
    throw new JiraError(400, "", { emailAddress: "You must specify a valid email address" });
  if (body["products"] === undefined) throw badRequest("You must specify the products that user can access.");
  const user = inviteUser(site, email, readTexts(body["products"], "products"), context.var.newAccountId());
  return context.json(toUserDetails(site, user, base), 201);
});

const DOCUMENTED_PRODUCTS = new Set(["jira-core", "jira-servicedesk", "jira-product-discovery", "jira-software"]);

function inviteUser(site: JiraSite, email: string, keys: readonly string[], newAccountId: string): UserRow {
  const products = keys.map((key) => {
    const product = site.products.find((candidate) => candidate.key === key);
    if (!product && DOCUMENTED_PRODUCTS.has(key))
      throw new NotOffered(`The product ${key}, which this site does not have,`);
    if (!product) throw badRequest(`The product '${key}' is not available on this site.`);
    return product;
  });
  const groupIds = products.flatMap(({ defaultGroupIds }) => defaultGroupIds);
  const known = site.users
    .values()
    .find(({ emailAddress, status }) => emailAddress.toLowerCase() === email.toLowerCase() && status !== "removed");
  if (known) {
    const hasAccess = site.products.some((product) =>
      product.groupIds.some((id) => site.isMember(id, known.accountId)),
    );
    if (known.status === "active" && hasAccess) return known;
    throw badRequest(`A user with the email address '${email}' exists and has no access to Jira.`);
  }
  const user: UserRow = {
    accountId: newAccountId,
    accountType: "atlassian",
    displayName: email.split("@")[0]!,
    emailAddress: email,
    isEmailShown: false,
    status: "active",
  };
  const [exhausted] = site.exhaustedFor(user, groupIds);
  if (exhausted)
    throw badRequest(`User could not be created: the user limit of your ${exhausted.name} license is reached.`);
  site.users.set(user.accountId, user);
  for (const id of groupIds) site.groups.get(id)!.members.push(user.accountId);
  return user;
}

users.delete("/user", (context) => {
  const { site, caller } = context.var;
  demandSiteAdmin(caller);
  const user = site.user(readAccountId(context));
  if (user.accountId === caller.accountId) throw badRequest("You cannot delete yourself.");
  site.removeUser(user);
  return context.body(null, 204);
});

function readAccountId(context: ApiContext): string {
  const accountId = context.req.query("accountId");
  if (accountId === undefined || accountId === "") throw badRequest("The accountId parameter must be provided.");
  return accountId;
}
