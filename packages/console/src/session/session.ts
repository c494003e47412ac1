import { createClient, isApiError, type BridgeClient, type Org } from "@bridgekit/client";
import { useSyncExternalStore } from "react";
import { toOrgUrl } from "../base.ts";
import { watchedFetch } from "../live/connection.ts";
import { fetchAs, type Person, type Provider, readSignIn, signOutPerson } from "./person.ts";
import { onTabs, tellTabs } from "./tabs.ts";
import { onCallError, queryClient } from "../api/query-client.ts";

/** Who is signed in, and the way to call the Bridge as them. */
export interface Session {
  /** Slug of the organisation. */
  org: string;
  /** Its name. */
  orgName: string;
  /** What the Bridge allows whoever is signed in. */
  role: Org["role"];
  client: BridgeClient;
  /** Undefined for a session by an API key. */
  person: Person | undefined;
}

interface SessionState {
  session: Session | undefined;
  /** Where one can sign in without a key; undefined if the Bridge has no identity provider. */
  provider: Provider | undefined;
  /** The Bridge no longer accepts the session; what it showed stays on the screen behind the sign-in. */
  isExpired: boolean;
}

let state: SessionState = { session: undefined, provider: undefined, isExpired: false };
const listeners = new Set<() => void>();

function setState(next: Partial<SessionState>): void {
  state = { ...state, ...next };
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

/** Whether to offer what only an administrator may do; the Bridge refuses it to others. */
export function useMayAdminister(): boolean {
  return useSession().role === "admin";
}

/** Whether to offer what changes something: an auditor reads. */
export function useMayOperate(): boolean {
  const { role } = useSession();
  return role === "admin" || role === "operator";
}

/** Signs in with an API key, which stays in the memory of this page. Throws `ApiError` if the Bridge refuses it. */
export async function signInWithKey(org: string, apiKey: string): Promise<void> {
  await begin(org, createClient({ baseUrl: toOrgUrl(org), apiKey, fetch: watchedFetch }), undefined);
}

/** Takes up the session that the browser has with the Bridge, if there is one. */
export async function resumeSession(): Promise<void> {
  const { person, provider } = await readSignIn();
  setState({ provider });
  if (person === undefined) return;
  const isTheSame = state.session?.person?.csrfToken === person.csrfToken;
  if (isTheSame && !state.isExpired) return;
  const fetch = fetchAs(person, watchedFetch);
  // The cookie says who calls; the client has no key to send.
  await begin(person.org, createClient({ baseUrl: toOrgUrl(person.org), apiKey: "in-a-cookie", fetch }), person).catch(
    () => {},
  );
}

async function begin(org: string, client: BridgeClient, person: Person | undefined): Promise<void> {
  const { name, role } = await client.getOrg();
  const isAnotherOrg = state.session !== undefined && state.session.org !== org;
  if (isAnotherOrg) queryClient.clear();
  setState({ session: { org, orgName: name, role, client, person }, isExpired: false });
  if (!isAnotherOrg) await queryClient.invalidateQueries();
}

/** Signs out of this browser, or a person of every browser. */
export async function signOut({ everywhere = false } = {}): Promise<void> {
  const { session } = state;
  if (session?.person !== undefined) {
    await signOutPerson(session.person, { everywhere });
    tellTabs("out");
  }
  forget();
}

function forget(): void {
  queryClient.clear();
  setState({ session: undefined, isExpired: false });
}

onTabs((change) => {
  // A key is in the memory of one tab; the cookie of a person is in all of them.
  if (state.session !== undefined && state.session.person === undefined) return;
  if (change === "out") forget();
  else void resumeSession();
});

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
