import { beforeEach, expect, test } from "vitest";
import { runSync } from "../src/index.ts";
import { networkError, refused } from "./support/failing-upstream.ts";
import { shareBridge } from "./support/share-bridge.ts";
import { accounts, connectWiki, createWikiApp } from "./support/wiki.ts";

const retry = { retries: 2, minDelaySeconds: 0.001, maxDelaySeconds: 0.002 };
const bridge = await shareBridge();
let appId: string;

beforeEach(async () => {
  appId = await createWikiApp(bridge);
});

const sync = async (more: object = {}) =>
  runSync({ bridge: bridge.client, appId, connection: await connectWiki(), retry, ...more });

const answerPages = (status: number, detail: string, headers?: Record<string, string>) => {
  bridge.intercept = ({ method }) =>
    method === "PUT" ? Response.json({ detail }, { status, ...(headers && { headers }) }) : undefined;
};

/** Answers the end of the session, and what it has become. */
const answerFold = (session: object) => {
  bridge.intercept = ({ url, method }) => {
    if (url.endsWith("/complete/")) return new Response(null, { status: 202 });
    const isRead = method === "GET" && /\/sync\/[^/]+\/$/.test(new URL(url).pathname);
    return isRead ? Response.json({ sync_id: "s", progress: [], ...session }) : undefined;
  };
};

test("a Bridge that can't be reached is named with its address", async () => {
  bridge.intercept = () => {
    throw refused();
  };
  await expect(sync()).rejects.toMatchObject({
    code: "UNREACHABLE",
    message:
      "The Bridge at http://bridge.example.com/org/test could not be reached: connect ECONNREFUSED 127.0.0.1:1. " +
      "Is it running, and is its address right? Nobody was removed; sync again once it answers.",
  });
});

test("a Bridge whose certificate is not taken was sent nothing", async () => {
  bridge.intercept = () => {
    throw networkError("certificate has expired", { code: "CERT_HAS_EXPIRED" });
  };
  await expect(sync()).rejects.toMatchObject({ code: "UNREACHABLE" });
});

test("an answer that is lost again and again: the Bridge may have the page, and to sync again is safe", async () => {
  bridge.intercept = async (request) => {
    if (request.method !== "PUT") return undefined;
    await bridge.fetch(request);
    throw new TypeError("fetch failed", { cause: new Error("other side closed") });
  };
  await expect(sync()).rejects.toMatchObject({
    code: "ANSWER_LOST",
    message: expect.stringContaining('before a page of "team" was answered; the Bridge may have it'),
  });
  expect(bridge.calls).toEqual(["start", "push team 1", "push team 1", "push team 1", "abandon"]);
  bridge.intercept = () => undefined;
  expect(await sync()).toMatchObject({ status: "completed" });
});

test("429 beyond what is waited for says when to come back", async () => {
  answerPages(429, "slow down", { "retry-after": "900" });
  await expect(sync()).rejects.toMatchObject({
    code: "RATE_LIMITED",
    message: expect.stringContaining("sync again in 900 seconds"),
  });
});

test("429 for a while is waited for, with fewer pages at a time", async () => {
  let refusals = 0;
  bridge.intercept = ({ method }) =>
    method === "PUT" && refusals++ < 2 ? Response.json({ detail: "slow down" }, { status: 429 }) : undefined;
  expect(await sync()).toMatchObject({ status: "completed" });
});

test("5xx is the Bridge's fault and says where to look", async () => {
  answerPages(500, "out of disk");
  await expect(sync()).rejects.toMatchObject({
    code: "BRIDGE_FAILED",
    message: expect.stringMatching(/answered 500 .* out of disk. The fault is the Bridge's: its log says more/),
  });
});

test("a key that is not taken is told as such, and not tried again", async () => {
  bridge.intercept = () => Response.json({ detail: "Invalid API key" }, { status: 401 });
  await expect(sync()).rejects.toMatchObject({
    code: "UNAUTHORIZED",
    message: expect.stringContaining("API key right"),
  });
  expect(bridge.calls).toEqual(["start"]);
});

test("a superseded session asks for the second runner", async () => {
  const connection = await connectWiki({
    async *accounts() {
      yield* accounts(100);
      await bridge.client.startSync(appId);
      yield* accounts(250);
    },
  });
  await expect(sync({ connection })).rejects.toMatchObject({
    code: "SUPERSEDED",
    message: expect.stringContaining("Does a second runner sync this app?"),
  });
});

test("a session that was replaced while it was completing says that nothing of it was kept", async () => {
  answerFold({ status: "abandoned" });
  await expect(sync()).rejects.toMatchObject({ code: "SUPERSEDED", message: expect.stringContaining("newer one") });
});

test("a fold that ends in an error tells the Bridge's reason", async () => {
  answerFold({ status: "error", error: { message: "disk full" } });
  await expect(sync()).rejects.toMatchObject({
    code: "FOLD_FAILED",
    message: expect.stringContaining("disk full. Nothing of it was applied; sync again"),
  });
});

test("a fold that takes too long is no failure of it", async () => {
  answerFold({ status: "completing" });
  await expect(sync({ foldTimeoutSeconds: 0 })).rejects.toMatchObject({
    code: "FOLD_TIMEOUT",
    message: expect.stringContaining("Every page is safe there; read the session again later, or allow more time"),
  });
});
