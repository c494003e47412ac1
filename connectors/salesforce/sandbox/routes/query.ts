import { createRoutes, type ApiContext } from "../api.ts";
import { malformedQuery } from "../salesforce-error.ts";
import { parseQuery } from "../soql/parse.ts";
import { runQuery } from "../soql/run-query.ts";
import { toRecord } from "../to-record.ts";

export const query = createRoutes();

function respondToQuery(context: ApiContext) {
  const { org, cursors, root } = context.var;
  const soql = context.req.query("q");
  if (soql === undefined) throw malformedQuery("A query has to be specified");
  const parsed = parseQuery(soql);
  const { definition, fields, rows } = runQuery(org, parsed);
  if (parsed.isCount) return context.json({ totalSize: rows.length, done: true, records: [] });
  const records = rows.map((row) => toRecord(org, { root, name: definition.name }, row, fields));
  return context.json(cursors.open(context.var, records, readPageSize(context)));
}
query.get("/query", respondToQuery);
query.get("/queryAll", respondToQuery);

query.get("/query/:locator", (context) =>
  context.json(context.var.cursors.page(context.var, context.req.param("locator"))),
);

/** `Sforce-Query-Options: batchSize=200`, a hint. */
function readPageSize(context: ApiContext): number | undefined {
  const [, size] = /batchSize=(\d+)/i.exec(context.req.header("sforce-query-options") ?? "") ?? [];
  return size === undefined ? undefined : Number(size);
}
