import { createRoutes, demandWrite, readBody } from "../api.ts";
import { toDescription, toSummary } from "../describe.ts";
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

sobjects.delete("/sobjects/:object/:id", (context) => {
  const { org } = context.var;
  const definition = org.definition(context.req.param("object"));
  const row = org.row(definition, context.req.param("id"));
  demandWrite(context);
  deleteRow(org, definition, row);
  return context.body(null, 204);
});
