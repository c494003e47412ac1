import type { TaskPayload } from "@bridgekit/client";
import type { TaskContext } from "../connector/connector.ts";
import { toOptionalText } from "../connector/to-optional-text.ts";
import { isTaskError, TaskError } from "../errors/task-error.ts";
import { isUpstreamError, type UpstreamError } from "../errors/upstream-error.ts";
import type { Changes, CreateOnce, Found, Wish } from "./access.ts";

// The clocks of the system and of this machine may differ by this much.
const CLOCK_TOLERANCE_MILLISECONDS = 5 * 60_000;

export interface Created {
  id: string;
  /** False if the account was found: an earlier attempt may have given it something. */
  isNew: boolean;
}

/** Returns the account that a task asks for, with its texts trimmed. Throws if it lacks what the system needs. */
export function toWish(
  title: string,
  account: TaskPayload["account"],
  needs: CreateOnce<any, any>["needs"] = [],
): Wish {
  const wish: Wish = { id: account.id };
  for (const field of ["email", "username", "first_name", "last_name", "display_name"] as const) {
    const text = toOptionalText(account[field], `${field} of the task`)?.trim();
    if (text !== undefined) wish[field] = text;
  }
  const missing = needs.filter((field) => wish[field] === undefined);
  if (missing.length === 0) return wish;
  const message = `${title} needs ${needs.join(", ")} of a new account, and the task does not name ${missing.join(", ")}.`;
  throw new TaskError("INTERNAL_ERROR", message);
}

/** Finds an account that this task created before. Throws ACCOUNT_ALREADY_EXISTS if somebody else did. */
export async function findOwnWork(
  title: string,
  create: CreateOnce<any, any>,
  context: TaskContext<unknown>,
  wish: Wish,
): Promise<Created | undefined> {
  const found: Found | undefined = await create.find(context, wish);
  if (!found) return undefined;
  const { interruptedAt } = context;
  const since = interruptedAt && new Date(interruptedAt.getTime() - CLOCK_TOLERANCE_MILLISECONDS);
  if (!since || !(await create.wasMadeSince(context, found, since))) throw alreadyExists(title, wish, found);
  return { id: found.id, isNew: false };
}

/** Creates the account, and looks again if nobody knows whether it was created. */
export async function createOnce(
  title: string,
  create: CreateOnce<any, any>,
  context: TaskContext<unknown>,
  { wish, changes }: { wish: Wish; changes: Changes },
): Promise<Created> {
  try {
    return { id: await create.create(context, wish, changes), isNew: true };
  } catch (error) {
    const upstream = findUpstream(error);
    const isTaken = upstream?.status === 409 || upstream?.status === 422;
    if (!upstream || (!isTaken && upstream.effect !== "unknown")) throw error;
    // There was none a moment ago: an account found after a lost response was created by this call.
    const found: Found | undefined = await create.find(context, wish);
    if (!found) throw error;
    if (isTaken) throw alreadyExists(title, wish, found, error);
    return { id: found.id, isNew: false };
  }
}

function findUpstream(error: unknown): UpstreamError | undefined {
  if (isUpstreamError(error)) return error;
  const isExplained = isTaskError(error) && error.code !== "ACCOUNT_ALREADY_EXISTS";
  return isExplained && isUpstreamError(error.cause) ? error.cause : undefined;
}

function alreadyExists(title: string, wish: Wish, { id, note }: Found, cause?: unknown): TaskError {
  const who = wish.email ?? wish.username ?? wish.id;
  const message = `${title} has an account for ${who} already: ${id}${note === undefined ? "" : `, ${note}`}.`;
  return new TaskError("ACCOUNT_ALREADY_EXISTS", message, { cause });
}
