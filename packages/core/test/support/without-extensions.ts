import type { TestBridge } from "./start-bridge.ts";

/** Reduces the Bridge to the published protocol. */
export function withoutExtensions(bridge: TestBridge): void {
  bridge.intercept = async (request) => {
    const path = new URL(request.url).pathname;
    if (/\/records\/|\/changes\/|\/confirm\//.test(path))
      return Response.json({ detail: "not found" }, { status: 404 });
    if (request.method !== "POST" || !path.endsWith("/sync/")) return undefined;
    const response = await bridge.fetch(request);
    return Response.json(await response.json(), { status: response.status });
  };
}
