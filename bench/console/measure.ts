import { Agent, request } from "node:http";
import type { BenchServer } from "../server/start-server.ts";
import type { ConsoleCall } from "./console-call.ts";

const agent = new Agent({ keepAlive: true });

/** More than the names of the columns of a table, which need no rows. */
const HEADER_BYTES = 1_000;

/** The milliseconds of a call: to the end of its response, or to the first rows of a stream. */
export function time({ url, key }: BenchServer, call: ConsoleCall, index: number): Promise<number> {
  const { method = "GET", body, isStream = false } = call;
  const headers = {
    authorization: `Api-Key ${key}`,
    ...(body !== undefined && { "content-type": "application/json" }),
  };
  const path = call.path(index);
  return new Promise((resolve, reject) => {
    const started = performance.now();
    const outgoing = request(`${url}/api/v1/bridge${path}`, { method, agent, headers }, (response) => {
      const chunks: Buffer[] = [];
      const end = () => {
        const text = Buffer.concat(chunks).toString("utf8");
        if (response.statusCode === 200) resolve(performance.now() - started);
        else reject(new Error(`${call.name}: ${method} ${path}: ${response.statusCode} ${text.slice(0, 500)}`));
      };
      response.on("error", reject);
      response.on("end", end);
      let size = 0;
      response.on("data", (chunk: Buffer) => {
        chunks.push(chunk);
        const before = size;
        size += chunk.length;
        if (!isStream || before > HEADER_BYTES || size <= HEADER_BYTES) return;
        end();
        response.off("error", reject).on("error", () => {});
        outgoing.destroy();
      });
    });
    outgoing.on("error", reject);
    outgoing.end(body === undefined ? undefined : JSON.stringify(body));
  });
}
