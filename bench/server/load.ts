import { Agent, request } from "node:http";
import type { BenchServer } from "./start-server.ts";
import { TYPES } from "./people.ts";

const CONNECTIONS = 8;
const POLL_MILLISECONDS = 200;
const agent = new Agent({ keepAlive: true, maxSockets: 64 });

/** One call of the Bridge's API, with as little of a client in between as can be; throws where it does not succeed. */
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
    const outgoing = request(`${url}/api/v1/bridge${path}`, { method, agent, headers }, (answer) => {
      const chunks: Buffer[] = [];
      answer.on("data", (chunk: Buffer) => chunks.push(chunk));
      answer.on("error", reject);
      answer.on("end", () => {
        const text = Buffer.concat(chunks).toString("utf8");
        if ((answer.statusCode ?? 500) >= 300) reject(new Error(`${method} ${path}: ${answer.statusCode} ${text}`));
        else resolve((text === "" ? undefined : JSON.parse(text)) as Body);
      });
    });
    outgoing.on("error", reject);
    outgoing.end(body);
  });
}

/** A new app with all types, guard off. */
export async function makeApp(server: BenchServer): Promise<string> {
  const { id } = await call<{ id: string }>(server, "POST", "/apps/", JSON.stringify({ name: "bench" }));
  for (const type of TYPES) await call(server, "POST", `/apps/${id}/resource-types/`, JSON.stringify(type));
  await call(server, "PATCH", `/apps/${id}/`, JSON.stringify({ removal_guard: null }));
  return id;
}

/** Starts a session and pushes the pages over 8 connections; answers the id of the session. */
export async function push(server: BenchServer, app: string, bodies: Iterator<string>): Promise<string> {
  const { sync_id: syncId } = await call<{ sync_id: string }>(server, "POST", `/apps/${app}/sync/`);
  const work = async () => {
    for (let next = bodies.next(); next.done !== true; next = bodies.next())
      await call(server, "PUT", `/apps/${app}/sync/${syncId}/account/`, next.value);
  };
  await Promise.all(Array.from({ length: CONNECTIONS }, work));
  return syncId;
}

/** Completes a session and waits for its reconciliation; answers the seconds from the call until `completed` was seen. */
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

/** Waits until the index of refs has followed the reconciliations: it is work in the background that would disturb the clock. */
export async function whenIndexed({ url }: Pick<BenchServer, "url">): Promise<void> {
  for (;;) {
    const metrics = await (await fetch(new URL("/metrics", url))).text();
    if (/^bridge_apps_to_index 0$/m.test(metrics)) return;
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
}
