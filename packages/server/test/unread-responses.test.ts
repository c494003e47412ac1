import { once } from "node:events";
import { connect, Socket } from "node:net";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { type RunningServer, serve } from "../src/index.ts";
import { UnreadResponses } from "../src/http/unread-responses.ts";
import { type Api, createApi } from "./support/api.ts";
import { openBridge } from "./support/open-bridge.ts";

/** Until all have asked, however slow the machine is. */
const PATIENCE_MS = 600_000;

let bridge: Awaited<ReturnType<typeof openBridge>>;
let api: Api;
let app: string;
let server: RunningServer;
beforeAll(async () => {
  bridge = await openBridge("pglite");
  server = await serve(bridge, { port: 0, drainMs: 0, patienceMs: PATIENCE_MS });
  api = await createApi(bridge);
  app = await api.createApp({ guard: null });
  const big = (id: string) => ({ id, email: "x", note: "x".repeat(240_000) });
  await api.sync(app, [
    ["account", Array.from({ length: 20 }, (_, n) => big(`u${n}`))],
    ["account", Array.from({ length: 20 }, (_, n) => big(`v${n}`))],
  ]);
});
afterAll(async () => {
  await server.close();
  await bridge.close();
});

/** Asks for a long list and reads only the head of the response. */
async function askAndStall(): Promise<{ socket: Socket; status: string }> {
  const { port, hostname } = new URL(server.url);
  const socket = connect({ port: Number(port), host: hostname });
  socket.on("error", () => {});
  socket.write(
    `GET ${new URL(api.base).pathname}/apps/${app}/records/account/?limit=500 HTTP/1.1\r\nhost: bridge.test\r\n` +
      `authorization: Api-Key ${api.key}\r\n\r\n`,
  );
  const [head] = (await once(socket, "data")) as [Buffer];
  socket.pause();
  return { socket, status: head.toString().slice(9, 12) };
}

test("clients that do not read cost a bounded memory, and are disconnected", async () => {
  const { mock } = vi.spyOn(Socket.prototype, "setTimeout");
  const stalled: Awaited<ReturnType<typeof askAndStall>>[] = [];
  for (let n = 0; n < 9; n++) stalled.push(await askAndStall());
  expect(stalled.map(({ status }) => status)).toContain("503");
  expect(stalled.map(({ status }) => status).slice(0, 6)).toEqual(["200", "200", "200", "200", "200", "200"]);
  // Other calls, and other organisations, do not notice.
  expect((await api.call("GET", "/apps/")).status).toBe(200);
  // Disconnecting them makes room, although none of them does anything.
  const timed = (mock.contexts as Socket[]).filter((_, call) => mock.calls[call]![0] === PATIENCE_MS);
  vi.restoreAllMocks();
  for (const socket of timed) socket.setTimeout(500);
  const isServed = async () => {
    const { socket, status } = await askAndStall();
    socket.destroy();
    return status;
  };
  await expect.poll(isServed, { interval: 500 }).toBe("200");
  for (const { socket } of stalled) socket.destroy();
});

test("an organisation may have one response of any size waiting, whatever the others have", () => {
  const unread = new UnreadResponses({ most: 100_000 });
  const read = unread.take("one", 200_000);
  expect(() => unread.take("one", 50_000)).toThrow("Too many responses wait");
  unread.take("one", 1_000);
  unread.take("other", 80_000);
  read();
  read();
  unread.take("one", 60_000);
  unread.take("one", 40_000);
  expect(() => unread.take("one", 20_000)).toThrow("Too many responses wait");
});
