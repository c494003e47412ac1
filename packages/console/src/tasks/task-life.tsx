import { type AuditEntry, describeReadBack, type TaskWithHistory } from "@bridgekit/client";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { auditQuery } from "../api/audit-queries.ts";
import { useAppId } from "../apps/app-scope.tsx";
import { ActorName } from "../audit/actor.tsx";
import { Moment } from "../components/moment.tsx";
import { Text } from "../records/text.tsx";
import { useSession } from "../session/session.ts";
import { LifeStep } from "./life-step.tsx";
import { TaskEffect } from "./task-effect.tsx";

type Step = TaskWithHistory["history"][number];

const EVENTS = {
  created: "Created",
  claimed: "Claimed",
  completed: "Done, as reported",
  failed: "Failed, as reported",
  cancelled: "Cancelled",
  held: "Held by the budget of the hour",
  released: "Released",
} satisfies Record<Step["event"], string>;

/** A task from its creation to its effect: by whom and why, who carried it out, what was read back, and which sync saw it. */
export function TaskLife({ task }: { task: TaskWithHistory }) {
  const { history, begun, claim, execute_after, created_at, retry_of } = task;
  const { data: trail } = useQuery(auditQuery(useSession(), { target: task.id }));
  const entries = trail?.rows ?? [];
  const readBack = describeReadBack(task);
  const steps = history.map((step, index) => ({
    key: `${step.at} ${index}`,
    at: step.at,
    content: <StepText step={step} entry={entries.find((entry) => isOf(step, entry))} retryOf={retry_of} />,
  }));
  if (execute_after > created_at)
    steps.push({ key: "due", at: execute_after, content: <>Due: not before this time</> });
  if (begun)
    steps.push({
      key: "begun",
      at: begun.at,
      content: (
        <>
          Begun by runner <Text>{begun.runner}</Text>
        </>
      ),
    });
  return (
    <ol className="border-t border-line text-sm">
      {steps
        .toSorted((one, other) => one.at.localeCompare(other.at))
        .map(({ key, at, content }) => (
          <LifeStep key={key} at={at}>
            {content}
          </LifeStep>
        ))}
      {claim && (
        <li className="py-1.5 text-soft">
          In flight at <Text>{claim.runner}</Text>; its lease ends <Moment at={claim.lease_expires_at} />.
        </li>
      )}
      {readBack !== undefined && (
        <LifeStep at={task.read_back?.at}>
          Read back: <Text>{readBack}</Text>
        </LifeStep>
      )}
      {task.status === "completed" && <TaskEffect task={task} />}
    </ol>
  );
}

const OPERATIONS: Partial<Record<Step["event"], string>> = {
  created: "createTask",
  completed: "reportTask",
  failed: "reportTask",
  cancelled: "cancelTask",
};

function isOf({ event, key_id }: Step, { operation, key_id: by, status }: AuditEntry): boolean {
  return OPERATIONS[event] === operation && by === key_id && status !== null && status < 400;
}

interface StepTextProps {
  step: Step;
  /** What the audit trail says of it. */
  entry: AuditEntry | undefined;
  retryOf: string | undefined;
}

function StepText({ step: { event, key_id, runner }, entry, retryOf }: StepTextProps) {
  const { org } = useSession();
  const appId = useAppId();
  const reason = entry?.details?.reason;
  return (
    <>
      {EVENTS[event]}
      {runner !== undefined && (
        <>
          {" "}
          by runner <Text>{runner}</Text>
        </>
      )}
      {typeof key_id === "string" && (
        <span className="text-soft">
          {" "}
          · <ActorName keyId={key_id} entry={entry} />
        </span>
      )}
      {event === "created" && retryOf !== undefined && (
        <>
          {" "}
          · tries{" "}
          <Link to="/o/$org/apps/$appId/tasks/$taskId" params={{ org, appId, taskId: retryOf }} className="text-link">
            a failed task
          </Link>{" "}
          again
        </>
      )}
      {reason !== undefined && (
        <span className="block text-soft">
          Reason: <Text>{reason}</Text>
        </span>
      )}
    </>
  );
}
