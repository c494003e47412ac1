import type { Task, TaskReadBack } from "@bridgekit/client";
import { sleepUnlessAborted, untilAborted } from "../../abort.ts";
import type { AccountState, ConnectorContext } from "../../connector/connector.ts";
import type { Connection } from "../../connector/create-connection.ts";
import { describeMistake } from "../../errors/describe-mistake.ts";
import { isTaskError } from "../../errors/task-error.ts";
import { isUpstreamError } from "../../errors/upstream-error.ts";
import { findMismatch, isVerifiable, observe } from "./find-mismatch.ts";

export interface Verification {
  /** What was observed, or why the account could not be read; reported as `result.verified`. */
  verified: TaskReadBack;
  mismatch?: string | undefined;
}

/**
 * Reads the account back after a task; undefined if there is nothing to read. An account that is not in the requested state
 * or can't be read is read once more after a delay. If it can't be read at all, the task still counts as carried out.
 */
export async function verifyTask(
  { connector, redact }: Connection,
  task: Task,
  context: ConnectorContext<unknown>,
  { delaySeconds, now }: { delaySeconds: number; now: () => Date },
): Promise<Verification | undefined> {
  const { action, payload } = task;
  const verify = connector.verify[action];
  if (!verify || !isVerifiable(task)) return undefined;

  async function look(): Promise<Verification> {
    try {
      const state = await readState(untilAborted(verify!(context, payload), context.signal));
      return {
        verified: { at: now().toISOString(), ...observe(state, payload) },
        mismatch: findMismatch(action, payload, state),
      };
    } catch (error) {
      const unknown = redact(describeMistake(error, `verify of ${action}`)).slice(0, 500);
      return { verified: { at: now().toISOString(), unknown } };
    }
  }

  const first = await look();
  if (first.mismatch === undefined && first.verified.unknown === undefined) return first;
  return (await sleepUnlessAborted(delaySeconds, context.signal)) ? look() : first;
}

async function readState(reading: Promise<AccountState | undefined>): Promise<AccountState | undefined> {
  try {
    return await reading;
  } catch (error) {
    if ((isTaskError(error) || isUpstreamError(error)) && error.code === "ACCOUNT_NOT_FOUND") return undefined;
    throw error;
  }
}
