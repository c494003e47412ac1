import type { Task } from "@bridgekit/client";
import { setTimeout as sleep } from "node:timers/promises";
import { untilAborted } from "../abort.ts";
import type { AccountState, ConnectorContext } from "../connector/connector.ts";
import type { Connection } from "../connector/create-connection.ts";
import { describeMistake } from "../errors/describe-mistake.ts";
import { isTaskError } from "../errors/task-error.ts";
import { isUpstreamError } from "../errors/upstream-error.ts";
import { findMismatch, isVerifiable, observe, type Observation } from "./expected-state.ts";

export interface Verification {
  /** What was seen, or why nothing could be. */
  verified: Observation | { unknown: string };
  /** What is not as it was asked for. */
  mismatch?: string | undefined;
}

/**
 * Reads an account back after a task. Where it is not as it was asked for, or can't be read, it is read once more after a
 * while: a system may need a moment. That it can't be read is no failure of the task, which was carried out.
 */
export async function verifyTask(
  { connector, redact }: Connection,
  task: Task,
  context: ConnectorContext<unknown>,
  delaySeconds: number,
): Promise<Verification | undefined> {
  const { action, payload } = task;
  const verify = connector.verify[action];
  if (!verify || !isVerifiable(task)) return undefined;

  async function look(): Promise<Verification> {
    try {
      const state = await readState(untilAborted(verify!(context, payload), context.signal));
      return { verified: observe(state, payload), mismatch: findMismatch(action, payload, state) };
    } catch (error) {
      const unknown = redact(describeMistake(error, `verify of ${action}`)).slice(0, 500);
      return { verified: { unknown } };
    }
  }

  const first = await look();
  if (first.mismatch === undefined && !("unknown" in first.verified)) return first;
  const isInTime = await sleep(delaySeconds * 1000, true, { signal: context.signal }).catch(() => false);
  return isInTime ? look() : first;
}

async function readState(reading: Promise<AccountState | undefined>): Promise<AccountState | undefined> {
  try {
    return await reading;
  } catch (error) {
    if ((isTaskError(error) || isUpstreamError(error)) && error.code === "ACCOUNT_NOT_FOUND") return undefined;
    throw error;
  }
}
