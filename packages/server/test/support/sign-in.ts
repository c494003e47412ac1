import type { Bridge, UserRole } from "../../src/index.ts";

/** A browser with its cookies, on the page of the Bridge. */
export function createBrowser(bridge: Pick<Bridge, "fetch">, base = "http://bridge.test") {
  const cookies = new Map<string, string>();

  async function open(path: string, init: RequestInit = {}): Promise<Response> {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join("; ");
    const headers = { "sec-fetch-site": "same-origin", ...(cookie !== "" && { cookie }), ...(init.headers as object) };
    const response = await bridge.fetch(new Request(new URL(path, base), { redirect: "manual", ...init, headers }));
    for (const line of response.headers.getSetCookie()) {
      const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (value === "" || /max-age=0/i.test(line)) cookies.delete(name);
      else cookies.set(name, value);
    }
    return response;
  }

  const browser = {
    cookies,
    open,
    /** What `GET /sign-in/` says. */
    state: async () => (await open("/sign-in/")).json() as Promise<any>,
    /** Makes a call of the contract as the console does. */
    async call(org: string, method: string, path: string, body?: unknown) {
      const { session } = await browser.state();
      const response = await open(`/org/${org}/api/v1/bridge${path}`, {
        method,
        headers: { "x-csrf-token": session?.csrf_token ?? "", "content-type": "application/json" },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      });
      const text = await response.text();
      return { status: response.status, body: text === "" ? undefined : JSON.parse(text) };
    },
    /** Uses a sign-in link up. */
    useLink: (token: string) => open("/sign-in/link", { method: "POST", body: new URLSearchParams({ token }) }),
  };
  return browser;
}

export type Browser = ReturnType<typeof createBrowser>;

/** Signs somebody in by a link. */
export async function signIn(
  bridge: Bridge,
  { org, name, role }: { org: string; name: string; role: UserRole },
): Promise<Browser & { userId: string; credentials: { cookie: string; csrfToken: string } }> {
  const { token } = await bridge.createSignInLink({ org, name, role });
  const browser = createBrowser(bridge);
  await browser.useLink(token);
  const { session } = await browser.state();
  const cookie = [...browser.cookies].map(([name, value]) => `${name}=${value}`).join("; ");
  return { ...browser, userId: session.user.id, credentials: { cookie, csrfToken: session.csrf_token as string } };
}
