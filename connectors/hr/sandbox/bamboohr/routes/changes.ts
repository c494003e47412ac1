import { respond, createRoutes } from "../api.ts";
import { badRequest } from "../bamboo-error.ts";
import { changedSince } from "../changed-since.ts";

export const changes = createRoutes();

const TYPES = ["inserted", "updated", "deleted", "all"];

changes.get("/employees/changed", (context) => {
  const { company, access } = context.var;
  const { since, type = "all" } = context.req.query();
  if (!TYPES.includes(type)) throw badRequest(`The type can't be "${type}"; it is one of ${TYPES.join(", ")}`);
  const changed = changedSince(company, access, since);
  if (type === "all") return respond(context, "employees", changed);
  const ofType = Object.values(changed.employees).filter(({ action }) => action.toLowerCase() === type);
  const latest = ofType.reduce((last, { lastChanged }) => (lastChanged > last ? lastChanged : last), "");
  return respond(context, "employees", {
    latest: latest === "" ? changed.latest : latest,
    employees: Object.fromEntries(ofType.map((change) => [change.id, change])),
  });
});
