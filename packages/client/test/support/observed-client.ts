import { createClient } from "../../src/index.ts";

export const BASE = "https://bridge.example.com/org/acme";
export const KEY = "bk_canary";

/** A client whose calls get responses by path (and query), and a log of its requests. */
export function observed(answers: Record<string, () => Response>) {
  const requests: Request[] = [];
  const client = createClient({
    baseUrl: `${BASE}/`,
    apiKey: KEY,
    async fetch(input, init) {
      const request = new Request(input, init);
      request.signal.throwIfAborted();
      requests.push(request);
      const { pathname, search } = new URL(request.url);
      const answer = answers[`${request.method} ${pathname.replace("/org/acme/api/v1/bridge", "")}${search}`];
      return answer?.() ?? Response.json({ detail: "Not found." }, { status: 404 });
    },
  });
  return { client, requests };
}
