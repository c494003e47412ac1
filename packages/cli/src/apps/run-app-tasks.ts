import type { BridgeClient } from "@bridgekit/client";
import { runTasks, type OpenJournal, type Outcome, type Task, type TaskRunResult } from "@bridgekit/core/run";
import { settingsOf } from "../config/config-schema.ts";
import type { LoadedConfigFile } from "../config/load-config.ts";
import type { OpenApp } from "./open-apps.ts";

interface RunAppTasksOptions {
  bridge: BridgeClient;
  config: Pick<LoadedConfigFile, "apps" | "run">;
  journal: OpenJournal;
  signal: AbortSignal;
  killSignal?: AbortSignal;
  until: "idle" | "stopped";
  onOutcome: (task: Task, outcome: Outcome) => void;
}

/** Carries out the tasks of one app with the settings of the config. */
export function runAppTasks(
  { appId, connection, key }: OpenApp,
  { config, ...options }: RunAppTasksOptions,
): Promise<TaskRunResult> {
  const { pollSeconds, taskConcurrency, taskTimeoutSeconds, taskRetrySeconds } = settingsOf(config, key);
  return runTasks({
    ...options,
    appId,
    connection,
    ...(pollSeconds !== undefined && { pollSeconds }),
    ...(taskConcurrency !== undefined && { concurrency: taskConcurrency }),
    ...(taskTimeoutSeconds !== undefined && { taskTimeoutSeconds }),
    ...(taskRetrySeconds !== undefined && { taskRetry: { budgetSeconds: taskRetrySeconds } }),
  });
}
