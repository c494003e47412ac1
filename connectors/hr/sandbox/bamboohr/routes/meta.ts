import { respond, respondWithXml, createRoutes, isJsonAsked, splitNames } from "../api.ts";
import type { BambooCompany } from "../bamboo-company.ts";
import { forbidden } from "../bamboo-error.ts";
import { FIELDS } from "../fields.ts";
import type { BambooUserRow, ListName } from "../state.ts";

export const meta = createRoutes();

const LISTS: readonly ListName[] = ["department", "employmentHistoryStatus", "jobTitle", "location", "division"];

meta.get("/meta/fields", (context) => {
  const fields = [...FIELDS.values()].filter(({ id }) => id !== undefined);
  return respond(
    context,
    "fields",
    fields.map(({ id, name, type, alias }) => ({ id, name, type, alias })),
  );
});

meta.get("/meta/lists", (context) => {
  const { company, access } = context.var;
  if (!access.maySeeLists) throw forbidden("You do not have permission to view employee fields");
  if (context.req.query("format") !== "json" && !isJsonAsked(context))
    return respondWithXml(context, "application/xml", "lists");
  return context.json(
    LISTS.map((list) => {
      const { id, name } = FIELDS.get(list)!;
      const options = company.lists[list].map((option) => ({
        id: option.id,
        archived: option.isArchived ? "yes" : "no",
        createdDate: null,
        archivedDate: null,
        name: option.name,
      }));
      return { fieldId: String(id), manageable: "yes", multiple: "no", options, name, alias: list };
    }),
  );
});

meta.get("/meta/users", (context) => {
  const { company, access } = context.var;
  if (!access.maySeeUsers) throw forbidden("You do not have permission to view users");
  const asked = splitNames(context.req.query("status")).filter((text) => /^(?:en|dis)abled$/.test(text));
  const users = company.users.filter(({ status }) => asked.length === 0 || asked.includes(status));
  return respond(context, "users", Object.fromEntries(users.map((user) => [user.id, toUser(company, user)])));
});

/** An employee's work address takes precedence over the home address, and both over that of the login. */
function toUser(company: BambooCompany, { lastLogin, ...user }: BambooUserRow): object {
  const employee = company.employees.get(user.employeeId);
  const { firstName, lastName } = employee ?? user;
  const email = employee?.workEmail ?? employee?.homeEmail ?? user.email;
  return { ...user, firstName, lastName, email, ...(lastLogin !== null && { lastLogin }) };
}
