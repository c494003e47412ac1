import type { TaskWithHistory } from "@bridgekit/client";
import { useQuery } from "@tanstack/react-query";
import { Link, useParams } from "@tanstack/react-router";
import { taskQuery, typesQuery } from "../api/queries.ts";
import { AppName } from "../apps/app-name.tsx";
import { useAppId } from "../apps/app-scope.tsx";
import { CopyButton } from "../components/copy-button.tsx";
import { Facts } from "../components/facts.tsx";
import { Moment } from "../components/moment.tsx";
import { Page, Section } from "../components/page.tsx";
import { QueryPage } from "../components/query-page.tsx";
import { Text } from "../records/text.tsx";
import { useMayOperate, useSession } from "../session/session.ts";
import { actionLabel } from "./actions.ts";
import { describeRefs, toAccountName } from "./describe-task.ts";
import { isOpen } from "./batch/is-open.ts";
import { CancelTask } from "./cancel-task.tsx";
import { UndoTask } from "./undo-task.tsx";
import { TaskLife } from "./task-life.tsx";
import { TaskStateMark } from "./task-state-mark.tsx";

export function TaskPage() {
  const { taskId } = useParams({ from: "/o/$org/apps/$appId/tasks/$taskId" });
  return <TaskView taskId={taskId} />;
}

/** A task from its creation to its effect. */
export function TaskView({ taskId }: { taskId: string }) {
  const appId = useAppId();
  const mayOperate = useMayOperate();
  const query = useQuery(taskQuery(useSession(), appId, taskId));
  return (
    <QueryPage title="The task" query={query}>
      {(task) => (
        <Page
          title={`${actionLabel(task.action)}: ${toAccountName(task, task.account_name)}`.slice(0, 200)}
          aside={<TaskStateMark task={task} />}
          subtitle={
            <>
              in <AppName />
            </>
          }
          actions={
            mayOperate &&
            (task.status === "completed" ? (
              <UndoTask appId={appId} taskId={task.id} />
            ) : (
              isOpen(task) && <CancelTask appId={appId} task={task} />
            ))
          }
        >
          {task.error && (
            <p className="max-w-200 rounded-md border border-line bg-sunken p-4 text-sm">
              <span className="font-medium">
                <Text>{task.error.message}</Text>
              </span>{" "}
              <code className="text-xs text-soft">{task.error.code}</code>
            </p>
          )}
          <div className="grid gap-8 @3xl:grid-cols-2">
            <Section title="What">
              <TaskFacts task={task} />
            </Section>
            <Section title="Its life">
              <TaskLife task={task} />
            </Section>
          </div>
        </Page>
      )}
    </QueryPage>
  );
}

function TaskFacts({ task }: { task: TaskWithHistory }) {
  const session = useSession();
  const appId = useAppId();
  const { data: types = [] } = useQuery(typesQuery(session, appId));
  const slug = types.find(({ type }) => type === "account")?.slug;
  const refs = describeRefs(task, task.ref_names);
  const { account } = task.payload;
  const name = toAccountName(task, task.account_name);
  const isKnown = task.action !== "create_account" && slug !== undefined;
  return (
    <Facts
      facts={[
        [
          "Account",
          isKnown ? (
            <Link
              key="account"
              to="/o/$org/apps/$appId/records/$slug/record"
              params={{ org: session.org, appId, slug }}
              search={{ id: account.id }}
              className="text-link"
            >
              <Text>{name}</Text>
            </Link>
          ) : (
            <Text key="account">{name}</Text>
          ),
        ],
        ["Account id", name !== account.id && <Text key="account-id">{account.id}</Text>],
        ["Email", account.email && <Text key="email">{account.email}</Text>],
        ["Username", account.username && <Text key="username">{account.username}</Text>],
        ["Gives and takes", refs.length > 0 && <Text key="refs">{refs.join(", ")}</Text>],
        ["Due", <Moment key="due" at={task.execute_after} />],
        ["Assigned id", task.result?.account?.id && <Text key="result">{task.result.account.id}</Text>],
        [
          "Id",
          <span key="id" className="flex items-center gap-1">
            <code className="text-xs">{task.id}</code>
            <CopyButton text={task.id} name="the id of the task" />
          </span>,
        ],
      ]}
    />
  );
}
