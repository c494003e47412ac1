import type { OdooDatabase } from "./database.ts";
import { accessError, missingError, valueError } from "./errors.ts";
import type { Model, Operation } from "./model.ts";

const VERBS: Record<Operation, string> = { read: "access", write: "modify", create: "create", unlink: "delete" };

export function hasAccess<Row extends { id: number }>(
  db: OdooDatabase,
  model: Model<Row>,
  operation: Operation,
  userId: number,
): boolean {
  if (!Object.hasOwn(VERBS, operation)) throw valueError(`Invalid access mode: '${operation as string}'`);
  const granted = db.closure(db.users.get(userId)?.group_ids ?? []);
  return model.access[operation].some((groupId) => granted.includes(groupId));
}

export function checkAccess<Row extends { id: number }>(
  db: OdooDatabase,
  model: Model<Row>,
  operation: Operation,
  userId: number,
): void {
  if (hasAccess(db, model, operation, userId)) return;
  const refuse = model.refusal?.[operation];
  if (refuse) throw refuse(userId);
  const groups = model.access[operation].map((id) => `\n\t- ${db.groupPath(id)}`).join("");
  throw accessError(
    `You are not allowed to ${VERBS[operation]} '${model.title}' (${model.name}) records.\n\n` +
      `This operation is allowed for the following groups:${groups}\n\n` +
      "Contact your administrator to request access if necessary.",
  );
}

/** Refuses ids that do not exist and ids that a record rule hides. */
export function checkRecords<Row extends { id: number }>(
  db: OdooDatabase,
  model: Model<Row>,
  ids: readonly number[],
  userId: number,
): void {
  const missing = ids.find((id) => !model.table.has(id));
  if (missing !== undefined) throw missingError(model.name, missing, userId);
  if (ids.some((id) => model.isVisible?.(model.table.get(id)!, userId) === false)) throw hiddenError(db, model, userId);
}

/** Odoo reports the read operation, whichever was requested. */
export function hiddenError<Row extends { id: number }>(db: OdooDatabase, model: Model<Row>, userId: number) {
  return accessError(
    "Uh-oh! Looks like you have stumbled upon some top-secret records.\n\n" +
      `Sorry, ${db.label("res.users", userId)} (id=${userId}) doesn't have 'read' access to:\n` +
      `- ${model.title} (${model.name})\n\n` +
      "If you really, really need access, perhaps you can win over your friendly administrator with a batch of freshly " +
      "baked cookies.\n\nThis seems to be a multi-company issue, but you do not have access to the proper company to " +
      "access the record anyhow.",
  );
}
