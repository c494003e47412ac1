import { createClient, isApiError, type BridgeClient } from "@bridgekit/client";
import { useSyncExternalStore } from "react";
import { toOrgUrl } from "../base.ts";
import { watchedFetch } from "../live/connection.ts";
import { onCallError, queryClient } from "../api/query-client.ts";

/** Who is signed in, and the way to call the Bridge as them. */
export interface Session {
  /** Slug of the organisation. */
  org: string;
  /** Its name. */
  orgName: string;
  client: BridgeClient;
}

interface SessionState {
  session: Session | undefined;
  /** The Bridge no longer accepts the session; what it showed stays on the screen behind the sign-in. */
  isExpired: boolean;
}

let state: SessionState = { session: undefined, isExpired: false };
const listeners = new Set<() => void>();

function setState(next: SessionState): void {
  state = next;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function useSessionState(): SessionState {
  return useSyncExternalStore(subscribe, () => state);
}

/** Who is signed in right now, for code outside of a component. */
export function currentSession(): Session | undefined {
  return state.session;
}

/** The session of a page that is only shown to whoever is signed in. */
export function useSession(): Session {
  const { session } = useSessionState();
  if (session === undefined) throw new Error("This page is shown only to whoever is signed in.");
  return session;
}

/** Signs in with an API key, which stays in the memory of this page. Throws `ApiError` if the Bridge refuses it. */
export async function signInWithKey(org: string, apiKey: string): Promise<void> {
  const client = createClient({ baseUrl: toOrgUrl(org), apiKey, fetch: watchedFetch });
  const { name } = await client.getOrg();
  const isAnotherOrg = state.session !== undefined && state.session.org !== org;
  if (isAnotherOrg) queryClient.clear();
  setState({ session: { org, orgName: name, client }, isExpired: false });
  if (!isAnotherOrg) await queryClient.invalidateQueries();
}

export function signOut(): void {
  queryClient.clear();
  setState({ session: undefined, isExpired: false });
}

onCallError((error) => void endSessionIfOver(error));

/** Asks to sign in again if an error says that the session is over. A role that may not make a call is no such error. */
async function endSessionIfOver(error: unknown): Promise<void> {
  const { session, isExpired } = state;
  if (session === undefined || isExpired || !isApiError(error) || !error.isFromBridge) return;
  if (error.status !== 401 && error.status !== 403) return;
  // An expired key and a role that is not enough both get 403, and every role that reads the console may read this.
  try {
    await session.client.getOrg();
  } catch (refusal) {
    const isOver = isApiError(refusal) && (refusal.status === 401 || refusal.status === 403);
    if (isOver && state.session === session) setState({ session, isExpired: true });
  }
}
