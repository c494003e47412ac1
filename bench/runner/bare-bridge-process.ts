import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

/** A Bridge that accepts everything and does nothing, so that the runner never waits. */
const ANSWERS: Record<string, string> = {
  POST: JSON.stringify({ sync_id: "00000000-0000-4000-8000-000000000000" }),
  PUT: JSON.stringify({ total: 100, created: 100, updated: 0 }),
  GET: JSON.stringify({ sync_id: "00000000-0000-4000-8000-000000000000", status: "completed", progress: [] }),
};
const server = createServer((request, response) => {
  request.resume();
  request.on("end", () => response.setHeader("content-type", "application/json").end(ANSWERS[request.method!]));
});
server.listen(0, "127.0.0.1", () => {
  console.log(JSON.stringify({ url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/org/bench` }));
});
process.on("SIGTERM", () => process.exit(0));
