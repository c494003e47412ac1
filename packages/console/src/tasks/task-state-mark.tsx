import type { Task, TaskWithHistory } from "@bridgekit/client";
import { StateMark } from "../components/state-mark.tsx";

/** What state a task is in, in the console's words. */
export function TaskStateMark({ task }: { task: Task }) {
  switch (task.status) {
    case "pending":
      return task.claim ? (
        <StateMark tone="blue" icon="moving">
          In flight
        </StateMark>
      ) : (
        <StateMark tone="grey" icon="clock">
          Pending
        </StateMark>
      );
    case "scheduled":
      return (
        <StateMark tone="grey" icon="clock">
          Scheduled
        </StateMark>
      );
    case "completed":
      return (
        <StateMark tone="green" icon="check">
          Done
        </StateMark>
      );
    case "failed":
      if (isCancelled(task))
        return (
          <StateMark tone="grey" icon="minus">
            Cancelled
          </StateMark>
        );
      return (
        <StateMark tone="red" icon="cross">
          Failed
        </StateMark>
      );
  }
}

/** A cancelled task ends as failed; the history of the task, or the Bridge's own sentence, says so. */
export function isCancelled(task: Task | TaskWithHistory): boolean {
  if ("history" in task) return task.history.some(({ event }) => event === "cancelled");
  return task.error?.message.startsWith("The task was cancelled") ?? false;
}
