import { describeReadBack, type Task } from "@bridgekit/client";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import type { RecordHistory } from "../api/queries.ts";
import { useAppId } from "../apps/app-scope.tsx";
import { TypeName } from "../apps/type-name.tsx";
import { Moment } from "../components/moment.tsx";
import { useSession } from "../session/session.ts";
import { actionLabel } from "../tasks/actions.ts";
import { TaskStateMark } from "../tasks/task-state-mark.tsx";
import { RefName } from "./ref-name.tsx";
import { RefWhyLink } from "./ref-why-link.tsx";
import type { RefPlace } from "./ref-why.tsx";
import { Text } from "./text.tsx";

type RecordChange = RecordHistory["changes"][number];

interface Entry {
  key: string;
  at: string;
  content: ReactNode;
}

interface HistoryListProps {
  slug: string;
  history: RecordHistory;
}

/** What became of a record, newest first: what syncs found, and the tasks about it. */
export function HistoryList({ slug, history: { record, changes, tasks } }: HistoryListProps) {
  const entries: Entry[] = [
    ...changes.map((change) => ({
      key: change.sync_id,
      at: change.at,
      content: <ChangeEntry change={change} account={{ slug, id: record.data.id }} />,
    })),
    ...tasks.map((task) => ({
      key: task.id,
      at: task.ended_at ?? task.created_at,
      content: <TaskEntry task={task} />,
    })),
  ].toSorted((one, other) => other.at.localeCompare(one.at));
  if (entries.length === 0) return <p className="text-sm text-soft">Nothing that is still kept.</p>;
  return (
    <ol className="border-t border-line text-sm">
      {entries.map(({ key, at, content }) => (
        <li key={key} className="flex gap-3 border-b border-line py-2">
          <span className="w-20 shrink-0 text-soft print:w-56">
            <Moment at={at} />
          </span>
          <div className="min-w-0 flex-1">{content}</div>
        </li>
      ))}
    </ol>
  );
}

const CHANGES: Record<RecordChange["change"], string> = {
  created: "Seen for the first time",
  updated: "Changed",
  removed: "Removed",
  returned: "Came back",
};

interface ChangeEntryProps {
  change: RecordChange;
  account: RefPlace;
}

function ChangeEntry({ change: { change, sync_id, fields, gained, lost }, account }: ChangeEntryProps) {
  const { org } = useSession();
  const appId = useAppId();
  return (
    <>
      <p>
        <span className="font-medium">{CHANGES[change]}</span>{" "}
        <span className="text-soft">
          · found by a{" "}
          <Link to="/o/$org/apps/$appId/syncs/$syncId" params={{ org, appId, syncId: sync_id }} className="text-link">
            sync
          </Link>
        </span>
      </p>
      <ul>
        {gained.map(({ slug, id, name }) => (
          <li key={`+ ${slug} ${id}`}>
            <span className="text-green">+</span> <RefName slug={slug} id={id} name={name} />{" "}
            <span className="text-faint">
              <TypeName appId={appId} slug={slug} />
            </span>
          </li>
        ))}
        {lost.map(({ slug, id, name }) => (
          <li key={`- ${slug} ${id}`}>
            <span className="text-red">−</span> <RefName slug={slug} id={id} name={name} />{" "}
            <span className="text-faint">
              <TypeName appId={appId} slug={slug} />
            </span>{" "}
            <RefWhyLink account={account} target={{ slug, id }} name={name} />
          </li>
        ))}
        {change !== "created" &&
          fields.map(({ field, before, after }) => (
            <li key={field}>
              <span className="text-soft">{field}</span>{" "}
              {before !== undefined && (
                <del className="text-faint">
                  <Text>{toText(before)}</Text>
                </del>
              )}
              {before !== undefined && after !== undefined && " → "}
              {after !== undefined && <Text>{toText(after)}</Text>}
            </li>
          ))}
      </ul>
    </>
  );
}

function TaskEntry({ task }: { task: Task }) {
  const { org } = useSession();
  const appId = useAppId();
  const readBack = describeReadBack(task);
  return (
    <p className="flex flex-wrap items-center gap-x-2">
      <Link
        to="/o/$org/apps/$appId/tasks/$taskId"
        params={{ org, appId, taskId: task.id }}
        className="font-medium text-link"
      >
        {actionLabel(task.action)}
      </Link>
      <TaskStateMark task={task} />
      {readBack !== undefined && (
        <span className="text-soft">
          read back: <Text>{readBack}</Text>
        </span>
      )}
    </p>
  );
}

function toText(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}
