import { BASE } from "../base.ts";
import { isAttended } from "./attended.ts";

/** Somebody who is signed in by a session of the Bridge, which is in a cookie that no script can read. */
export interface Person {
  name: string;
  email: string | null;
  /** Slug of the organisation. */
  org: string;
  role: "admin" | "operator" | "auditor";
  /** What the Bridge wants with every change. */
  csrfToken: string;
}

export interface Provider {
  /** What the button says. */
  title: string;
  /** Slug of the organisation that its people sign in to. */
  org: string;
}

interface SignInState {
  provider: Provider | null;
  session: {
    user: { name: string; email: string | null };
    org: string;
    role: Person["role"];
    csrf_token: string;
  } | null;
}

/** Asks the Bridge who is signed in, and where else one can sign in; nobody and nowhere if it can't be reached. */
export async function readSignIn(): Promise<{ person: Person | undefined; provider: Provider | undefined }> {
  try {
    const response = await fetch(new URL("sign-in/", BASE));
    if (!response.ok) return { person: undefined, provider: undefined };
    const { provider, session } = (await response.json()) as SignInState;
    const person = session && { ...session.user, org: session.org, role: session.role, csrfToken: session.csrf_token };
    return { person: person ?? undefined, provider: provider ?? undefined };
  } catch {
    return { person: undefined, provider: undefined };
  }
}

/** Where a person begins to sign in, to come back to the page that they are at. */
export function signInAddress(): string {
  const here = `/${location.href.slice(BASE.href.length)}`;
  return new URL(`sign-in/start?return_to=${encodeURIComponent(here)}`, BASE).href;
}

/** Throws if the session may go on. */
export async function signOutPerson({ csrfToken }: Person, { everywhere }: { everywhere: boolean }): Promise<void> {
  const address = new URL(everywhere ? "sign-in/out-everywhere" : "sign-in/out", BASE);
  const response = await fetch(address, { method: "POST", headers: { "x-csrf-token": csrfToken } });
  // With 401 the session is over already.
  if (!response.ok && response.status !== 401) throw new Error(`The Bridge responded ${response.status}.`);
}

/** `fetch` that calls as the person: by the cookie, and with the token that a change needs. */
export function fetchAs({ csrfToken }: Person, inner: typeof fetch): typeof fetch {
  return (input, init) => {
    const request = new Request(input, init);
    request.headers.delete("authorization");
    request.headers.set("x-csrf-token", csrfToken);
    if (!isAttended()) request.headers.set("x-bridge-unattended", "true");
    return inner(request);
  };
}
