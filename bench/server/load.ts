import { Agent, request } from "node:http";
import type { BenchServer } from "./start-server.ts";
import { TYPES } from "./people.ts";

const CONNECTIONS = 8;
const POLL_MILLISECONDS = 200;
const agent = new Agent({ keepAlive: true, maxSockets: 64 });

/** Makes one call of the Bridge's API with minimal client code; throws if it fails. */
export function call<Body = any>(
  { url, key }: Pick<BenchServer, "url" | "key">,
  method: string,
  path: string,
  body?: string,
  extraHeaders: Readonly<Record<string, string>> = {},
): Promise<Body> {
  const headers = {
    authorization: `Api-Key ${key}`,
    ...(body !== undefined && { "content-type": "application/json" }),
    ...extraHeaders,
  };
  return new Promise((resolve, reject) => {
    const outgoing = request(`${url}/api/v1/bridge${path}`, { method, agent, headers }, (response) => {
      const chunks: Buffer[] = [];
      response.on("data", (chunk: Buffer) => chunks.push(chunk));
      response.on("error", reject);
      response.on("end", () => {
        const text = Buffer.concat(chunks).toString("utf8");
        if ((response.statusCode ?? 500) >= 300) reject(new Error(`${method} ${path}: ${response.statusCode} ${text}`));
        else resolve((text === "" ? undefined : JSON.parse(text)) as Body);
      });
    });
    outgoing.on("error", reject);
    outgoing.end(body);
  });
}

/** Creates an app with all types and without a guard. */
export async function makeApp(server: BenchServer): Promise<string> {
  const { id } = await call<{ id: string }>(server, "POST", "/apps/", JSON.stringify({ name: "bench" }));
  for (const type of TYPES) await call(server, "POST", `/apps/${id}/resource-types/`, JSON.stringify(type));
  await call(server, "PATCH", `/apps/${id}/`, JSON.stringify({ removal_guard: null }));
  return id;
}

/**
 * Starts a session and pushes the pages over 8 connections; returns the id of the session. Each connection has a key of
 * its own: together they may push more pages in a second than one key may.
 */
export async function push(server: BenchServer, app: string, bodies: Iterator<string>): Promise<string> {
  const { sync_id: syncId } = await call<{ sync_id: string }>(server, "POST", `/apps/${app}/sync/`);
  const work = async () => {
    const body = JSON.stringify({ name: "bench", role: "connector" });
    const { key } = await call<{ key: string }>(server, "POST", "/keys/", body);
    for (let next = bodies.next(); next.done !== true; next = bodies.next())
      await call({ ...server, key }, "PUT", `/apps/${app}/sync/${syncId}/account/`, next.value);
  };
  await Promise.all(Array.from({ length: CONNECTIONS }, work));
  return syncId;
}

/** Completes a session and waits for its reconciliation; returns the seconds from the call until `completed`. */
export async function complete(server: BenchServer, app: string, syncId: string): Promise<number> {
  const started = performance.now();
  await call(server, "POST", `/apps/${app}/sync/${syncId}/complete/`);
  for (;;) {
    const { status } = await call<{ status: string }>(server, "GET", `/apps/${app}/sync/${syncId}/`);
    if (status === "completed") return (performance.now() - started) / 1000;
    if (status !== "completing") throw new Error(`The session ended as ${status}.`);
    await new Promise((resolve) => setTimeout(resolve, POLL_MILLISECONDS));
  }
}

/** Waits until the index of refs is up to date: its background work would disturb the measurement. */
export async function whenIndexed({ url }: Pick<BenchServer, "url">): Promise<void> {
  for (;;) {
    const metrics = await (await fetch(new URL("/metrics", url))).text();
    if (/^bridge_apps_to_index 0$/m.test(metrics)) return;
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
}
