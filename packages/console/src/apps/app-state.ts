import type { App, SyncSession } from "@bridgekit/client";

export type AppStateName = "in-step" | "syncing" | "partial" | "held" | "failing" | "never";

export interface AppState {
  name: AppStateName;
  /** Since when; undefined if it never synced. */
  since: string | undefined;
  /** The session that the state comes from. */
  session: SyncSession | undefined;
}

/** What state an app is in, by its last sessions, newest first. */
export function toAppState(app: App, sessions: readonly SyncSession[]): AppState {
  const running = sessions.find(({ status }) => status === "in_progress" || status === "completing");
  const last = sessions.find((session) => isTelling(session));
  if (last?.error?.error_code === "REMOVALS_HELD")
    return { name: "held", since: last.ended_at ?? undefined, session: last };
  if (running !== undefined && running === sessions[0])
    return { name: "syncing", since: running.started_at, session: running };
  if (last === undefined)
    return {
      name: app.last_synced_at === null ? "never" : "in-step",
      since: app.last_synced_at ?? undefined,
      session: undefined,
    };
  if (last.status === "error") return { name: "failing", since: last.ended_at ?? undefined, session: last };
  if (last.status === "abandoned") return { name: "partial", since: last.ended_at ?? undefined, session: last };
  return { name: "in-step", since: last.reconciled_at ?? last.ended_at ?? undefined, session: last };
}

/** Whether a session says something of the app's state: it ended, and nobody discarded it. */
function isTelling({ status, discarded_by }: SyncSession): boolean {
  return status === "completed" || status === "error" || (status === "abandoned" && discarded_by === null);
}
