import { beforeEach, expect, test } from "vitest";
import { runSync } from "../src/run.ts";
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

const respondWithPages = (status: number, detail: string, headers?: Record<string, string>) => {
  bridge.intercept = ({ method }) =>
    method === "PUT" ? Response.json({ detail }, { status, ...(headers && { headers }) }) : undefined;
};

/** Responds to the end of the session and to questions about its state. */
const respondWithReconciliation = (session: object) => {
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
      "The Bridge at http://bridge.example.com/org/org1 could not be reached: connect ECONNREFUSED 127.0.0.1:1. " +
      "Is it running, and is its address right? Nobody was removed; sync again once it responds.",
  });
});

test("a Bridge with a bad certificate was sent nothing", async () => {
  bridge.intercept = () => {
    throw networkError("certificate has expired", { code: "CERT_HAS_EXPIRED" });
  };
  await expect(sync()).rejects.toMatchObject({ code: "UNREACHABLE" });
});

test("a response lost again and again: the Bridge may have the page, and syncing again is safe", async () => {
  bridge.intercept = async (request) => {
    if (request.method !== "PUT") return undefined;
    await bridge.fetch(request);
    throw new TypeError("fetch failed", { cause: new Error("other side closed") });
  };
  await expect(sync()).rejects.toMatchObject({
    code: "RESPONSE_LOST",
    message: expect.stringContaining('before the response to a page of "team" arrived; the Bridge may have it'),
  });
  expect(bridge.calls).toEqual(["start", "push team 1", "push team 1", "push team 1", "abandon"]);
  bridge.intercept = () => undefined;
  expect(await sync()).toMatchObject({ status: "completed" });
});

test("429 for longer than a run waits says when to sync again", async () => {
  respondWithPages(429, "slow down", { "retry-after": "900" });
  await expect(sync()).rejects.toMatchObject({
    code: "RATE_LIMITED",
    message: expect.stringContaining("sync again in 900 seconds"),
  });
});

test("after 429 for a while the run goes on with fewer pages in flight", async () => {
  let refusals = 0;
  bridge.intercept = ({ method }) =>
    method === "PUT" && refusals++ < 2 ? Response.json({ detail: "slow down" }, { status: 429 }) : undefined;
  expect(await sync()).toMatchObject({ status: "completed" });
});

test("5xx is a failure of the Bridge and says where to look", async () => {
  respondWithPages(500, "out of disk");
  await expect(sync()).rejects.toMatchObject({
    code: "BRIDGE_FAILED",
    message: expect.stringMatching(/returned 500 .* out of disk. The Bridge failed: see its log/),
  });
});

test("a refused key is reported as such and not retried", async () => {
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

test("a session replaced while it was completing is reported as superseded", async () => {
  respondWithReconciliation({ status: "abandoned" });
  await expect(sync()).rejects.toMatchObject({ code: "SUPERSEDED", message: expect.stringContaining("newer one") });
});

test("a reconciliation that ends in an error has the reason of the Bridge", async () => {
  respondWithReconciliation({ status: "error", error: { message: "disk full" } });
  await expect(sync()).rejects.toMatchObject({
    code: "RECONCILIATION_FAILED",
    message: expect.stringContaining("disk full. Sync again"),
  });
});

test("a reconciliation that takes too long has not failed", async () => {
  respondWithReconciliation({ status: "completing" });
  await expect(sync({ reconciliationTimeoutSeconds: 0 })).rejects.toMatchObject({
    code: "RECONCILIATION_TIMEOUT",
    message: expect.stringContaining("Every page is safe there; read the session again later, or allow more time"),
  });
});

const isEnd = ({ url }: Request, name: "complete" | "abandon") => url.endsWith(`/${name}/`);
const isReadOfSession = ({ method, url }: Request) =>
  method === "GET" && /\/sync\/[^/]+\/$/.test(new URL(url).pathname);

/** Passes on the ends of this name and loses their responses. */
const loseResponse = async (request: Request): Promise<never> => {
  await bridge.fetch(request);
  throw new TypeError("fetch failed", { cause: new Error("other side closed") });
};
const twoTeams = { teams: () => ["t1", "t2"].map((id) => ({ id, name: id })) };
const fewerTeams = async () => connectWiki({ teams: () => [{ id: "t1", name: "t1" }] });

test("a complete whose responses are all lost has completed if the Bridge says so", async () => {
  bridge.intercept = (request) => (isEnd(request, "complete") ? loseResponse(request) : undefined);
  expect(await sync()).toMatchObject({ status: "completed" });
  expect(bridge.calls.slice(-3)).toEqual(["complete", "complete", "complete"]);
});

test("if nobody knows whether a session was completed, the error does not claim that nobody was removed", async () => {
  await sync({ connection: await connectWiki(twoTeams) });
  bridge.intercept = (request) => {
    if (isReadOfSession(request) || isEnd(request, "abandon")) throw new TypeError("fetch failed");
    return isEnd(request, "complete") ? loseResponse(request) : undefined;
  };
  await expect(sync({ connection: await fewerTeams() })).rejects.toMatchObject({
    code: "RESPONSE_LOST",
    message: expect.stringMatching(
      /Session \S+ may be complete, and then the Bridge applies it and removes what it lacks/,
    ),
  });
});

test("a complete that did not arrive is followed by an abandon, so nobody was removed", async () => {
  bridge.intercept = (request) =>
    isEnd(request, "complete") ? Response.json({ detail: "gateway" }, { status: 502 }) : undefined;
  await expect(sync()).rejects.toMatchObject({
    code: "BRIDGE_FAILED",
    message: expect.stringContaining("Nobody was removed"),
  });
  expect(bridge.calls.slice(-2)).toEqual(["complete", "abandon"]);
});

test("a failure after the session is complete does not claim that nobody was removed", async () => {
  bridge.intercept = (request) =>
    isReadOfSession(request) ? Response.json({ detail: "revoked" }, { status: 403 }) : undefined;
  await expect(sync()).rejects.toMatchObject({
    code: "UNAUTHORIZED",
    message: expect.stringMatching(/Session \S+ is complete, and the Bridge applies it by itself\.$/),
  });
  expect(bridge.calls.at(-1)).toBe("complete");
});

const partial = () => connectWiki({ afterAccounts: (say) => say("guests are hidden") });

test("an abandon whose response was lost, and whose retry is a conflict, has abandoned", async () => {
  let isLost = false;
  bridge.intercept = (request) => {
    if (!isEnd(request, "abandon")) return undefined;
    if (isLost) return Response.json({ detail: "The session has ended." }, { status: 409 });
    isLost = true;
    return loseResponse(request);
  };
  expect(await sync({ connection: await partial() })).toMatchObject({ status: "abandoned" });
});

test("an abandon that is a conflict at once was superseded", async () => {
  bridge.intercept = (request) =>
    isEnd(request, "abandon") ? Response.json({ detail: "The session has ended." }, { status: 409 }) : undefined;
  await expect(sync({ connection: await partial() })).rejects.toMatchObject({ code: "SUPERSEDED" });
});

test("a Bridge that responds with a text to the end of a session has taken it", async () => {
  bridge.intercept = async (request) => {
    if (!isEnd(request, "abandon") && !isEnd(request, "complete")) return undefined;
    await bridge.fetch(request);
    return new Response("OK");
  };
  expect(await sync({ connection: await partial() })).toMatchObject({ status: "abandoned" });
  expect(await sync()).toMatchObject({ status: "completed" });
  expect(bridge.calls.filter((call) => call === "abandon" || call === "complete")).toEqual(["abandon", "complete"]);
});

test("a sentence of the Bridge that is quoted ends once", async () => {
  respondWithPages(404, "No app has the id x.");
  await expect(sync()).rejects.toThrow(/: No app has the id x\. Nobody was removed\.$/);
});
