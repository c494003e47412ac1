import type { OdooDatabase } from "./database.ts";
import { accessError, valueError } from "./errors.ts";
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
  const groups = model.access[operation].map((id) => `\n\t- ${db.label("res.groups", id)}`).join("");
  throw accessError(
    `You are not allowed to ${VERBS[operation]} '${model.title}' (${model.name}) records.\n\n` +
      `This operation is allowed for the following groups:${groups}\n\n` +
      "Contact your administrator to request access if necessary.",
  );
}
