import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { peopleLists } from "./people-lists.ts";

/** The system that is read: lists by offset, with records created on demand. */
const lists = peopleLists(Number(process.argv[2]));
const server = createServer((request, response) => {
  const { pathname, searchParams } = new URL(request.url!, "http://127.0.0.1");
  const { total, at } = lists[pathname.slice(1)]!;
  const offset = Number(searchParams.get("offset"));
  const count = Math.max(0, Math.min(Number(searchParams.get("limit")), total - offset));
  const items = Array.from({ length: count }, (_, index) => at(offset + index));
  response.setHeader("content-type", "application/json").end(JSON.stringify({ items, total }));
});
server.listen(0, "127.0.0.1", () => {
  console.log(JSON.stringify({ url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` }));
});
process.on("SIGTERM", () => process.exit(0));
