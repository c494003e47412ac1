import { createRoutes, type ApiContext } from "../api.ts";
import { SalesforceError } from "../salesforce-error.ts";

/** Rows of an object that were changed or deleted within a period. */
export const changed = createRoutes();

changed.get("/sobjects/:object/updated", (context) => {
  const { org } = context.var;
  const definition = org.definition(context.req.param("object"));
  const isWithin = readSpan(context);
  const rows = org.rows(definition.name).filter((row) => isWithin(row["SystemModstamp"] ?? row["LastModifiedDate"]));
  return context.json({ ids: rows.map(({ Id }) => Id), latestDateCovered: context.req.query("end") });
});

changed.get("/sobjects/:object/deleted", (context) => {
  const { org } = context.var;
  const definition = org.definition(context.req.param("object"));
  const isWithin = readSpan(context);
  const deletedRecords = org.deletedRows(definition).filter(({ deletedDate }) => isWithin(deletedDate));
  const { start, end } = context.req.query();
  return context.json({ deletedRecords, earliestDateAvailable: start, latestDateCovered: end });
});

// Salesforce keeps deletions for this many days.
const MOST_DAYS = 30;

function readSpan(context: ApiContext): (time: unknown) => boolean {
  const { start = "", end = "" } = context.req.query();
  const [from, until] = [Date.parse(start), Date.parse(end)];
  if (Number.isNaN(from) || Number.isNaN(until) || from > until)
    throw new SalesforceError(400, "INVALID_REPLICATION_DATE", `invalid dates: start ${start}, end ${end}`);
  if (from < Date.now() - MOST_DAYS * 86_400_000)
    throw new SalesforceError(400, "INVALID_REPLICATION_DATE", `startDate cannot be more than ${MOST_DAYS} days ago`);
  return (time) => typeof time === "string" && Date.parse(time) >= from && Date.parse(time) < until;
}
