/** A vault with KV version 2 and the sign-in of Kubernetes, in memory. */
export function createStandInVault() {
  const secrets = new Map<string, Record<string, unknown>>();
  const tokens = new Set(["root-token"]);
  const log: string[] = [];
  let signIns = 0;

  const refuse = (status: number, ...errors: string[]) => Response.json({ errors }, { status });

  async function fetch(...[input, init]: Parameters<typeof globalThis.fetch>): Promise<Response> {
    const request = new Request(input, init);
    const { pathname } = new URL(request.url);
    log.push(`${request.method} ${pathname}`);
    if (pathname === "/v1/auth/kubernetes/login") {
      const { role, jwt } = (await request.json()) as { role: string; jwt: string };
      if (role !== "bridgekit" || jwt !== "service-account") return refuse(403, "permission denied");
      const token = `leased-${++signIns}`;
      tokens.add(token);
      return Response.json({ auth: { client_token: token, lease_duration: 3600 } });
    }
    if (!tokens.has(request.headers.get("x-vault-token") ?? "")) return refuse(403, "permission denied");
    const data = secrets.get(decodeURIComponent(pathname.replace("/v1/secret/data/", "")));
    return data === undefined ? refuse(404) : Response.json({ data: { data, metadata: { version: 1 } } });
  }

  return {
    url: "https://vault.example.com:8200",
    fetch,
    log,
    put: (path: string, data: Record<string, unknown>) => void secrets.set(path, data),
    revoke: (token: string) => void tokens.delete(token),
  };
}
