import { createRoutes, type ApiContext } from "../api.ts";
import { badRequest } from "../jira-error.ts";
import type { UserRow } from "../state.ts";

/** The pickers of Jira's pages: people and groups by the beginning of a name. */
export const pickers = createRoutes();

pickers.get("/groups/picker", (context) => context.json(findGroups(context)));
pickers.get("/user/picker", (context) => context.json(findUsers(context)));
pickers.get("/groupuserpicker", (context) => context.json({ groups: findGroups(context), users: findUsers(context) }));

const USUAL_RESULTS = { users: 50, groups: 20 };

function findGroups(context: ApiContext) {
  const { site, caller } = context.var;
  const query = context.req.query("query") ?? "";
  const excluded = new Set([...(context.req.queries("exclude") ?? []), ...(context.req.queries("excludeId") ?? [])]);
  const isCaseless = context.req.query("caseInsensitive") === "true";
  const fold = (text: string) => (isCaseless ? text.toLowerCase() : text);
  // Without the permission to browse only whole names match.
  const isMatch = (name: string) =>
    caller.mayBrowse ? fold(name).includes(fold(query)) : query !== "" && fold(name) === fold(query);
  const found = [...site.groups.values()]
    .filter(({ groupId, name }) => isMatch(name) && !excluded.has(name) && !excluded.has(groupId))
    .sort((left, right) => (left.name < right.name ? -1 : 1));
  const groups = found.slice(0, readMost(context, USUAL_RESULTS.groups));
  return {
    header: `Showing ${groups.length} of ${found.length} matching groups`,
    total: found.length,
    groups: groups.map(({ groupId, name }) => ({ groupId, name, html: toHtml(name, query), labels: [] })),
  };
}

function findUsers(context: ApiContext) {
  const { site, caller } = context.var;
  const query = context.req.query("query");
  if (query === undefined) throw badRequest("The query parameter must be provided.");
  const excluded = context.req.queries("excludeAccountIds") ?? [];
  const isMatch = ({ displayName, emailAddress, isEmailShown }: UserRow) => {
    const names = [displayName, ...displayName.split(" "), ...(isEmailShown ? [emailAddress] : [])];
    const wanted = query.toLowerCase();
    return names.some((name) =>
      caller.mayBrowse ? name.toLowerCase().startsWith(wanted) : name.toLowerCase() === wanted,
    );
  };
  const found = [...site.users.values()].filter(
    (user) =>
      user.status === "active" &&
      !user.isHidden &&
      user.accountType !== "customer" &&
      !excluded.includes(user.accountId) &&
      isMatch(user),
  );
  const users = found.slice(0, readMost(context, USUAL_RESULTS.users));
  return {
    header: `Showing ${users.length} of ${found.length} matching users`,
    total: found.length,
    users: users.map(({ accountId, accountType, displayName }) => ({
      accountId,
      accountType,
      displayName,
      html: toHtml(displayName, query),
    })),
  };
}

function readMost(context: ApiContext, usual: number): number {
  const text = context.req.query("maxResults");
  if (text === undefined) return usual;
  if (!/^\d{1,9}$/.test(text)) throw badRequest(`The maxResults parameter must be a number: '${text}'.`);
  return Math.min(Number(text), 1000);
}

/** Marks the matching part in bold, as the pickers do. */
function toHtml(name: string, query: string): string {
  const start = query === "" ? -1 : name.toLowerCase().indexOf(query.toLowerCase());
  if (start < 0) return name;
  const end = start + query.length;
  return `${name.slice(0, start)}<b>${name.slice(start, end)}</b>${name.slice(end)}`;
}
