import { isApiError, type TaskAction, type TaskCreate } from "@bridgekit/client";
import { useMutation, useQuery } from "@tanstack/react-query";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { useState, type FormEvent } from "react";
import { appQuery, typesQuery } from "../api/queries.ts";
import { read, toReasonHeader } from "../api/read.ts";
import { useRequestKey } from "../api/use-request-key.ts";
import { useAppId } from "../apps/app-scope.tsx";
import { Button, buttonClass } from "../components/button.tsx";
import { EmptyNote } from "../components/empty-note.tsx";
import { TextField } from "../components/field.tsx";
import { Section } from "../components/page.tsx";
import { ReasonField } from "../components/reason-field.tsx";
import { showToast } from "../components/toasts.tsx";
import { useSession } from "../session/session.ts";
import { AccountPicker } from "./account-picker.tsx";
import { ACTIONS, actionLabel } from "./actions.ts";
import { DueField } from "./due-field.tsx";
import { RefPicker } from "./ref-picker.tsx";
import { type RefChoices, toPayload } from "./to-payload.ts";
import { useAccountSearch } from "./use-account-search.ts";

/** Makes a task: offers what the connector of the app can do, with the groups and licenses that the app has. */
export function NewTaskPage() {
  const session = useSession();
  const { org, client } = session;
  const navigate = useNavigate();
  const appId = useAppId();
  const { account: wanted = "", slug } = useSearch({ from: "/o/$org/apps/$appId/parts/tasks/new" });
  const { data: app } = useQuery(appQuery(session, appId));
  const { data: types = [] } = useQuery(typesQuery(session, appId));
  const accountSlug = slug ?? types.find(({ type }) => type === "account")?.slug;
  const [accountId, setAccountId] = useState(wanted);
  const [picked, setPicked] = useState<TaskAction>();
  const keyOf = useRequestKey();
  const [reason, setReason] = useState("");
  const [after, setAfter] = useState("");
  const [refs, setRefs] = useState<RefChoices>({});
  const search = useAccountSearch(accountSlug, accountId.trim());
  const { record } = search;
  const create = useMutation({
    mutationFn: (body: TaskCreate) => {
      const header = { "Idempotency-Key": keyOf(body), ...toReasonHeader(reason.trim()) };
      const params = { path: { app_id: appId }, header };
      return read(client.api.POST("/api/v1/bridge/apps/{app_id}/tasks/", { params, body }));
    },
    onSuccess: async (task) => {
      showToast(
        <Link to="/o/$org/apps/$appId/tasks/$taskId" params={{ org, appId, taskId: task.id }} className="text-link">
          {actionLabel(task.action)}: made
        </Link>,
      );
      await navigate({ to: "/o/$org/apps/$appId/tasks/$taskId", params: { org, appId, taskId: task.id } });
    },
  });
  if (app === undefined) return null;
  if (session.role === "auditor")
    return <EmptyNote>An auditor makes no tasks; an operator or an administrator does.</EmptyNote>;

  const { capabilities } = app;
  const able = capabilities ? ACTIONS.filter((action) => capabilities.actions.includes(action)) : ACTIONS;
  const unable = ACTIONS.filter((action) => !able.includes(action));
  const action = picked ?? able.find((candidate) => candidate !== "create_account") ?? able[0];
  const grantable = types.filter(
    ({ type, slug }) => type !== "account" && (capabilities ? capabilities.grantable.includes(slug) : true),
  );
  const isNew = action === "create_account";
  const hasRefs = isNew || action === "update_account";

  function submit(event: FormEvent<HTMLFormElement>): void {
    event.preventDefault();
    if (action === undefined) return;
    const values = new FormData(event.currentTarget);
    const valueOf = (name: string) => ((values.get(name) as string | null) ?? "").trim();
    create.mutate({
      action,
      payload: toPayload(action, { accountId, refs: hasRefs ? refs : {}, valueOf }),
      ...(after !== "" && { execute_after: new Date(after).toISOString() }),
    });
  }

  return (
    <Section title="New task">
      <form onSubmit={submit} className="flex max-w-140 flex-col gap-5 pt-1">
        <fieldset className="flex flex-col gap-1">
          <legend className="pb-1 text-sm font-medium">What to do</legend>
          <div className="flex flex-wrap gap-x-4 gap-y-1.5">
            {able.map((candidate) => (
              <label key={candidate} className="flex items-center gap-1.5 text-sm">
                <input
                  type="radio"
                  name="action"
                  value={candidate}
                  checked={candidate === action}
                  onChange={() => setPicked(candidate)}
                  className="size-3.5 accent-accent-solid"
                />
                {actionLabel(candidate)}
              </label>
            ))}
          </div>
          {unable.length > 0 && (
            <ul className="pt-1 text-xs text-faint">
              {unable.map((candidate) => (
                <li key={candidate}>
                  {actionLabel(candidate)}: {capabilities?.advice[candidate] ?? "its connector can't do this."}
                </li>
              ))}
            </ul>
          )}
        </fieldset>
        {isNew ? (
          <TextField
            label="Wished id"
            value={accountId}
            onChange={(event) => setAccountId(event.target.value)}
            hint="The system may assign another one."
            autoComplete="off"
            spellCheck={false}
            required
          />
        ) : (
          <AccountPicker
            text={accountId}
            search={search}
            onChange={(text) => {
              setAccountId(text);
              // What was picked is of the account before: it would be taken from the next one unseen.
              setRefs({});
            }}
          />
        )}
        {isNew && (
          <div className="grid gap-3 sm:grid-cols-2">
            <TextField label="First name" name="first_name" autoComplete="off" />
            <TextField label="Last name" name="last_name" autoComplete="off" />
            <TextField label="Email" name="email" type="email" autoComplete="off" />
            <TextField label="Username" name="username" autoComplete="off" />
          </div>
        )}
        {hasRefs &&
          grantable.map((type) => (
            <RefPicker
              key={type.slug}
              type={type}
              held={isNew ? [] : (record?.data.memberships?.[type.slug] ?? record?.data.assignments?.[type.slug] ?? [])}
              choices={refs[type.slug] ?? { added: [], removed: [] }}
              onChange={(choices) => setRefs({ ...refs, [type.slug]: choices })}
            />
          ))}
        <DueField value={after} onChange={setAfter} />
        <ReasonField value={reason} onChange={setReason} />
        {create.error && (
          <p role="alert" className="text-sm text-red">
            {isApiError(create.error)
              ? create.error.detail
              : "The Bridge can't be reached. Try again: the task is made once at most."}
          </p>
        )}
        <div className="flex gap-2">
          <Button type="submit" look="primary" disabled={create.isPending || action === undefined}>
            {action === undefined ? "Make task" : actionLabel(action)}
          </Button>
          <Link to="/o/$org/apps/$appId/tasks" params={{ org, appId }} className={buttonClass()}>
            Cancel
          </Link>
        </div>
      </form>
    </Section>
  );
}
