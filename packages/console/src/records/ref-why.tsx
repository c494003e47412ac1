import type { SyncSession, Task } from "@bridgekit/client";
import { useQuery } from "@tanstack/react-query";
import { appQuery, type RecordHistory, syncQuery } from "../api/queries.ts";
import { useAppId } from "../apps/app-scope.tsx";
import { ActorOfSync } from "../audit/actor.tsx";
import { EmptyNote } from "../components/empty-note.tsx";
import { formatCount } from "../components/format.ts";
import { useSession } from "../session/session.ts";
import { describeJudgement, Step, TaskStep, timeOf } from "./why-step.tsx";

/** A group or a license, as an address names it. */
export interface RefPlace {
  slug: string;
  id: string;
}

interface RefWhyProps {
  /** Of the account. */
  slug: string;
  target: RefPlace;
  history: RecordHistory;
}

interface Turn {
  at: string;
  syncId: string;
  what: "gained" | "lost" | "removed";
}

/** Why an account has a group or a license, or has it no longer: each task and each sync, the oldest first. */
export function RefWhy({ slug, target, history }: RefWhyProps) {
  const turns = toTurns(history, target);
  const tasks = history.tasks.filter((task) => isOf(task, target));
  const steps = [
    ...turns.map((turn) => ({
      at: turn.at,
      step: <TurnStep key={turn.syncId} turn={turn} slug={slug} target={target} />,
    })),
    ...tasks.map((task) => ({ at: timeOf(task), step: <TaskStep key={task.id} task={task} /> })),
  ].toSorted((one, other) => one.at.localeCompare(other.at));
  if (steps.length === 0 && !hasRef(history, target))
    return <EmptyNote>No sync or task that the Bridge still keeps mentions it.</EmptyNote>;
  return (
    <ol className="flex max-w-160 flex-col text-sm">
      {history.next !== null && <li className="pb-3 text-soft">The last 100 changes of the account are looked at.</li>}
      {steps.map(({ step }) => step)}
      {hasRef(history, target) && <StillStep />}
    </ol>
  );
}

export function hasRef({ record: { data, removed_at } }: RecordHistory, { slug, id }: RefPlace): boolean {
  const refs = data.memberships?.[slug] ?? data.assignments?.[slug] ?? [];
  return removed_at === null && refs.some((ref) => ref.id === id);
}

/** The name under which an account had it last. */
export function nameOfRef({ changes, record: { data } }: RecordHistory, { slug, id }: RefPlace): string | undefined {
  const now = data.memberships?.[slug] ?? data.assignments?.[slug] ?? [];
  const then = changes.flatMap(({ gained, lost }) => [...gained, ...lost]).filter((ref) => ref.slug === slug);
  return [...now, ...then].find((ref) => ref.id === id && ref.name !== undefined)?.name;
}

function toTurns({ changes, refs }: RecordHistory, { slug, id }: RefPlace): Turn[] {
  const has = (list: RecordHistory["changes"][number]["gained"]) =>
    list.some((ref) => ref.slug === slug && ref.id === id);
  const turns = changes.flatMap(({ at, sync_id: syncId, change, gained, lost }): Turn[] => {
    if (has(lost)) return [{ at, syncId, what: change === "removed" ? "removed" : "lost" }];
    return has(gained) ? [{ at, syncId, what: "gained" }] : [];
  });
  const since = refs.find((ref) => ref.slug === slug && ref.id === id)?.since;
  // It may have been gained before the changes that are listed.
  if (since && turns.every(({ syncId }) => syncId !== since.sync_id))
    turns.push({ at: since.at, syncId: since.sync_id, what: "gained" });
  return turns;
}

function isOf({ payload: { memberships = {}, changes = {} } }: Task, { slug, id }: RefPlace): boolean {
  const { added = [], removed = [] } = changes[slug] ?? {};
  return [...(memberships[slug] ?? []), ...added, ...removed].some((ref) => ref.id === id);
}

const TITLES: Record<Turn["what"], string> = { gained: "Gained", lost: "Lost", removed: "Lost with the account" };

function TurnStep({ turn: { at, syncId, what }, slug, target }: { turn: Turn; slug: string; target: RefPlace }) {
  const { data: sync, error } = useQuery(syncQuery(useSession(), useAppId(), syncId));
  return (
    <Step title={TITLES[what]} at={at} syncId={syncId}>
      {sync === undefined ? (
        error === null ? (
          "…"
        ) : (
          "The sync that found it is no longer to be read."
        )
      ) : what === "gained" ? (
        `${describeRead(sync, slug)} found the account with it.`
      ) : (
        <>
          {describeRead(sync, slug)} found the account {what === "removed" ? "no more" : "without it"}.{" "}
          {describeJudgement(sync.judgement, formatCount(lostOf(sync, target), "ref") + " of the type lost")}
          {typeof sync.confirmed_by === "string" && (
            <>
              {" "}
              Confirmed by <ActorOfSync syncId={syncId} operation="confirmSync" keyId={sync.confirmed_by} />.
            </>
          )}
        </>
      )}
    </Step>
  );
}

function describeRead({ status, progress }: SyncSession, slug: string): string {
  if (status !== "completed") return "A read of what had changed";
  const read = progress.find((type) => type.slug === slug)?.synced_count ?? 0;
  return `A complete sync, of which every stream ended by proof, read ${formatCount(read, "account")} and`;
}

function lostOf({ progress }: SyncSession, { slug }: RefPlace): number {
  return progress.find((type) => type.slug === slug)?.refs_lost ?? 1;
}

function StillStep() {
  const { data: app } = useQuery(appQuery(useSession(), useAppId()));
  const at = app?.last_synced_at;
  return (
    <Step title="Last seen" {...(typeof at === "string" && { at })}>
      {typeof at === "string" ? "The last complete sync of the app still found it." : "It is live."}
    </Step>
  );
}
