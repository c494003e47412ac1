import { NotOffered } from "@bridgekit/sandbox";
import { createRoutes, demandWrite, readBody, type ApiContext } from "../api.ts";
import { toDescription, toSummary } from "../describe.ts";
import { isCustom, notFound, SalesforceError } from "../salesforce-error.ts";
import { resolvePath } from "../soql/resolve.ts";
import { toRecord, toWholeRecord } from "../to-record.ts";
import { createRow, deleteRow, updateRow } from "../write-rows.ts";

export const sobjects = createRoutes();

sobjects.get("/sobjects", (context) => {
  const { org, root } = context.var;
  const summaries = org.definitions.map((definition) => toSummary(root, definition));
  return context.json({ encoding: "UTF-8", maxBatchSize: 200, sobjects: summaries });
});

sobjects.get("/sobjects/:object", (context) => {
  const { org, root } = context.var;
  const definition = org.definition(context.req.param("object"));
  return context.json({ objectDescribe: toSummary(root, definition), recentItems: [] });
});

sobjects.get("/sobjects/:object/describe", (context) => {
  const { org, root } = context.var;
  return context.json(toDescription(root, org.definition(context.req.param("object"))));
});

sobjects.post("/sobjects/:object", async (context) => {
  const { org } = context.var;
  const definition = org.definition(context.req.param("object"));
  const body = await readBody(context);
  demandWrite(context);
  const { Id } = createRow(org, definition, body);
  return context.json({ id: Id, success: true, errors: [] }, 201);
});

sobjects.get("/sobjects/:object/:id", (context) => {
  const { org, root } = context.var;
  const definition = org.definition(context.req.param("object"));
  const row = org.row(definition, context.req.param("id"));
  const wanted = context.req.query("fields");
  if (wanted === undefined) return context.json(toWholeRecord(root, definition, row));
  const fields = wanted.split(",").map((path) => resolvePath(org, definition, path.trim()));
  return context.json(toRecord(org, { root, name: definition.name }, row, fields));
});

sobjects.patch("/sobjects/:object/:id", async (context) => {
  const { org, userId } = context.var;
  const definition = org.definition(context.req.param("object"));
  const row = org.row(definition, context.req.param("id"));
  const body = await readBody(context);
  demandWrite(context);
  updateRow(org, definition, row, { body, ownId: userId });
  return context.body(null, 204);
});

// Reads or upserts by an external id instead of the id.
sobjects.get("/sobjects/:object/:field/:value", (context) => {
  const { root } = context.var;
  const { definition, row } = findByField(context);
  if (!row) throw notFound();
  return context.json(toWholeRecord(root, definition, row));
});

sobjects.patch("/sobjects/:object/:field/:value", async (context) => {
  const { org, userId } = context.var;
  const { definition, field, value, row } = findByField(context);
  const body = await readBody(context);
  demandWrite(context);
  if (row) updateRow(org, definition, row, { body, ownId: userId });
  const id = row?.Id ?? createRow(org, definition, { ...body, [field]: value }).Id;
  return context.json({ id, success: true, errors: [], created: !row }, row ? 200 : 201);
});

/** Finds a row by an external id or by its id. */
function findByField(context: ApiContext) {
  const { org } = context.var;
  const { object = "", field = "", value = "" } = context.req.param() as Record<string, string>;
  const definition = org.definition(object);
  if (field.toLowerCase() === "id") return { definition, field: "Id", value, row: org.row(definition, value) };
  const known = definition.fields.get(field.toLowerCase());
  if (known?.isExternalId) {
    const isSame = (other: unknown) => typeof other === "string" && other.toLowerCase() === value.toLowerCase();
    const row = org.rows(definition.name).find((candidate) => isSame(candidate[known.name]));
    return { definition, field: known.name, value, row };
  }
  // Standard fields that Salesforce accepts here are not modelled.
  if (!isCustom(field)) throw new NotOffered(`Finding ${definition.name} by ${field}`);
  const message = `Provided external ID field does not exist or is not accessible: ${field}`;
  throw new SalesforceError(404, "NOT_FOUND", message);
}

sobjects.delete("/sobjects/:object/:id", (context) => {
  const { org } = context.var;
  const definition = org.definition(context.req.param("object"));
  const row = org.row(definition, context.req.param("id"));
  demandWrite(context);
  deleteRow(org, definition, row);
  return context.body(null, 204);
});
