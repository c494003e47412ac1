import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { OperationId } from "../src/http/operation.ts";
import type { Bridge, Role, UserRole } from "../src/index.ts";
import { openBridge } from "./support/open-bridge.ts";
import { signIn } from "./support/sign-in.ts";
import { buildValidRequests } from "./support/openapi/build-valid-request.ts";
import { checkResponse } from "./support/openapi/check-response.ts";
import { toWireRequest } from "./support/openapi/mutate.ts";
import { type Operation, operations } from "./support/openapi/operations.ts";
import { type Credentials, send } from "./support/openapi/send.ts";
import { shareSettings } from "./support/openapi/share-settings.ts";
import { createWorld, describeThings, type Setting, type World } from "./support/openapi/world.ts";

const DAY_MS = 24 * 60 * 60 * 1000;

let time = Date.parse("2026-01-01T00:00:00Z");
let bridge: Bridge;
let ours: World;
let theirs: World;
let tryOurs: ReturnType<typeof shareSettings>;
let tryTheirs: ReturnType<typeof shareSettings>;
let settings: readonly Setting[];
let untouched: unknown;
let expired: string;
let revoked: string;
let theirRevoked: string;
let limited: string;
let people: Readonly<Record<UserRole, Credentials>>;
let stranger: Credentials;
beforeAll(async () => {
  bridge = await openBridge("pglite", { now: () => new Date(time) });
  ours = await createWorld(bridge, "canary7b1f");
  theirs = await createWorld(bridge);
  tryOurs = shareSettings(bridge, ours.api);
  tryTheirs = shareSettings(bridge, theirs.api);
  settings = ours.settings;
  expired = (await bridge.createKey({ org: ours.api.slug, name: "old", role: "admin", expiresInDays: 7 })).key;
  time += 7 * DAY_MS;
  revoked = await createRevoked(ours);
  theirRevoked = await createRevoked(theirs);
  const elsewhere = await ours.api.createApp();
  limited = (await bridge.createKey({ org: ours.api.slug, name: "limited", role: "connector", appIds: [elsewhere] }))
    .key;
  const person = async (role: UserRole, { slug: org } = ours.api) =>
    (await signIn(bridge, { org, name: role, role })).credentials;
  people = { auditor: await person("auditor"), operator: await person("operator"), admin: await person("admin") };
  stranger = await person("admin", theirs.api);
  untouched = await describeThings(ours.api, settings);
});
afterAll(() => bridge.close());

async function createRevoked({ api }: World): Promise<string> {
  const { id, key } = await bridge.createKey({ org: api.slug, name: "gone", role: "admin" });
  await bridge.revokeKey(id);
  return key;
}

/** `allowed`: neither 401 nor 403, and a success if there is something to succeed with. */
type Outcome = 401 | 403 | 404 | "allowed";

/** A caller that asks for things of the test's organisation. */
interface Caller {
  name: string;
  key: () => Credentials;
  /** The organisation in the URL; that of the test by default. */
  org?: () => string;
  outcome: (operation: Operation) => Outcome;
}

const allows = ({ roles }: Operation, role: Role) => roles.includes(role);
const namesThings = ({ parameters }: Operation) => parameters.some(({ in: place }) => place === "path");

const callers: readonly Caller[] = [
  { name: "no key", key: () => undefined, outcome: () => 401 },
  { name: "a malformed key", key: () => "nonsense", outcome: () => 401 },
  { name: "an unknown key", key: () => `bk_00000000_${"A".repeat(43)}`, outcome: () => 401 },
  {
    name: "a known id with a wrong secret",
    key: () => ours.api.key.replace(/.{43}$/, "A".repeat(43)),
    outcome: () => 401,
  },
  { name: "a revoked key", key: () => revoked, outcome: () => 403 },
  { name: "an expired key", key: () => expired, outcome: () => 403 },
  {
    name: "a key of another organisation in its own address",
    key: () => theirs.api.key,
    org: () => theirs.api.slug,
    outcome: (operation) => (namesThings(operation) ? 404 : "allowed"),
  },
  { name: "a key of another organisation in our address", key: () => theirs.api.key, outcome: () => 404 },
  {
    name: "a connector's key of another organisation in our address",
    key: () => theirs.byRole.connector.key,
    outcome: () => 404,
  },
  { name: "a revoked key of another organisation in our address", key: () => theirRevoked, outcome: () => 403 },
  {
    name: "a key of ours in no organisation's address",
    key: () => ours.api.key,
    org: () => "nowhere",
    outcome: () => 404,
  },
  ...(["connector", "auditor", "operator"] as const).map((role) => ({
    name: `the key of a role: ${role}`,
    key: () => ours.byRole[role].key,
    outcome: (operation: Operation) => (allows(operation, role) ? ("allowed" as const) : (403 as const)),
  })),
  {
    name: "a connector's key that is limited to another app",
    key: () => limited,
    outcome: (operation) => {
      if (!allows(operation, "connector")) return 403;
      return namesThings(operation) ? 404 : "allowed";
    },
  },
  ...(["auditor", "operator", "admin"] as const).map((role) => ({
    name: `the session of a person: ${role}`,
    key: () => people[role],
    outcome: (operation: Operation) => (allows(operation, role) ? ("allowed" as const) : (403 as const)),
  })),
  { name: "the session of a person of another organisation", key: () => stranger, outcome: () => 404 },
  {
    name: "a session that is unknown",
    key: () => ({ cookie: `bridge_session=${"A".repeat(43)}`, csrfToken: "A".repeat(43) }),
    outcome: () => 401,
  },
  { name: "an administrator's key", key: () => ours.api.key, outcome: () => "allowed" },
];

describe.each(operations)("$id", (operation) => {
  test.each(callers)("with $name", async (caller) => {
    const outcome = operation.isPublic ? "allowed" : caller.outcome(operation);
    if (outcome === "allowed") await expectSuccess(operation, caller);
    else await expectRefusal(operation, caller, outcome);
  });

  test("refuses a caller before it validates the request", async () => {
    if (operation.isPublic) return;
    for (const valid of buildValidRequests(operation, settings)) {
      const { address, ...rest } = toWireRequest(valid, ours.api.slug);
      const broken = { ...rest, address: `${address}?limit=x`, body: "{", headers: { "content-type": "text/plain" } };
      const isRefused = async (key: string | undefined, status: number) =>
        expect((await send(bridge, broken, key)).status).toBe(status);
      await isRefused(undefined, 401);
      await isRefused(revoked, 403);
      await isRefused(theirs.api.key, 404);
      for (const role of ["connector", "auditor", "operator"] as const)
        if (!allows(operation, role)) await isRefused(ours.byRole[role].key, 403);
    }
  });

  test("changes nothing for refused callers", async () => {
    await bridge.whenReconciled();
    expect(await describeThings(ours.api, settings)).toEqual(untouched);
  });
});

/**
 * The operations that the document must allow, by role. A new operation is added here as well, so that no role is
 * allowed by mistake.
 */
const MAY_CALL: Readonly<Record<OperationId, string>> = {
  listApps: "connector auditor operator admin",
  createApp: "connector operator admin",
  getApp: "connector auditor operator admin",
  updateApp: "operator admin",
  deleteApp: "operator admin",
  getOverview: "auditor operator admin",
  setCapabilities: "connector operator admin",
  listResourceTypes: "connector auditor operator admin",
  createResourceType: "connector operator admin",
  updateResourceType: "operator admin",
  deleteResourceType: "operator admin",
  listSyncs: "connector auditor operator admin",
  startSync: "connector operator admin",
  getSync: "connector auditor operator admin",
  pushPage: "connector operator admin",
  completeSync: "connector operator admin",
  abandonSync: "connector operator admin",
  putReceipt: "connector operator admin",
  confirmSync: "operator admin",
  discardSync: "operator admin",
  explainHeld: "auditor operator admin",
  getRecordHistory: "auditor operator admin",
  getSeatHistory: "auditor operator admin",
  listMembers: "auditor operator admin",
  listChanges: "auditor operator admin",
  listRecentChanges: "auditor operator admin",
  listRecords: "connector auditor operator admin",
  getRecord: "connector auditor operator admin",
  listTasks: "connector auditor operator admin",
  createTask: "operator admin",
  claimTasks: "connector operator admin",
  getTask: "auditor operator admin",
  cancelTask: "operator admin",
  reportTask: "connector operator admin",
  streamEvents: "connector auditor operator admin",
  getSystem: "auditor operator admin",
  getOrg: "auditor operator admin",
  listKeys: "auditor admin",
  createKey: "admin",
  revokeKey: "admin",
  rotateKey: "admin",
  deleteOldSecret: "admin",
  listUsers: "auditor admin",
  updateUser: "admin",
  deleteUser: "admin",
  createSignInLink: "admin",
  exportAudit: "auditor operator admin",
  exportRecords: "auditor operator admin",
  exportApps: "auditor operator admin",
  exportChanges: "auditor operator admin",
  exportAllSyncs: "auditor operator admin",
  exportSyncs: "auditor operator admin",
  findByText: "auditor operator admin",
  listPeople: "auditor operator admin",
  findSyncs: "auditor operator admin",
  findTasks: "auditor operator admin",
  retryTasks: "operator admin",
  releaseTasks: "admin",
  reportRunners: "connector operator admin",
  orderRunners: "operator admin",
  listWorkers: "auditor operator admin",
  orderWorkers: "operator admin",
  getBudget: "auditor operator admin",
  setBudget: "admin",
  undoTasks: "operator admin",
  cancelTasks: "operator admin",
  previewGuard: "auditor operator admin",
  listAudit: "auditor operator admin",
  listErasures: "auditor admin",
  erasePerson: "admin",
  previewErasure: "admin",
};

test("the document allows each role what it is for, and nothing else", () => {
  expect(Object.fromEntries(operations.map(({ id, roles }) => [id, roles.join(" ")]))).toEqual(MAY_CALL);
});

test("an operator renames an app without changing its removal guard", async () => {
  const app = await ours.api.createApp();
  const { call } = ours.byRole.operator;
  for (const body of [{ removal_guard: null }, { name: "IT", removal_guard: { max_share: 1, min_count: 1 } }])
    expect(await call("PATCH", `/apps/${app}/`, body)).toMatchObject({
      status: 403,
      body: { detail: "The API key has the role operator; to set removal_guard needs the role admin." },
    });
  expect((await call("PATCH", `/apps/${app}/`, { name: "IT" })).body).toMatchObject({
    name: "IT",
    removal_guard: { max_share: 0.2, min_count: 10 },
  });
});

/** Every valid request is refused, as the document declares it. */
async function expectRefusal(operation: Operation, { key, org }: Caller, status: number): Promise<void> {
  for (const valid of buildValidRequests(operation, settings)) {
    const request = toWireRequest(valid, org?.() ?? ours.api.slug);
    // Guesses of keys are limited by address.
    const response = await send(bridge, request, key(), { address: randomUUID() });
    expect(response.status, `${request.method} ${request.address}: ${response.text}`).toBe(status);
    expect(checkResponse(request, response, ours.secrets)).toEqual([]);
  }
}

/** One of the valid requests succeeds: the caller's own, if it calls its own organisation. */
async function expectSuccess(operation: Operation, { key, org }: Caller): Promise<void> {
  const isForeign = org?.() === theirs.api.slug;
  const { request, response } = isForeign
    ? await tryTheirs(operation, key(), theirs.settings)
    : await tryOurs(operation, key(), ours.settings);
  expect(response.status, `${request.method} ${request.address}: ${response.text}`).toBeLessThan(300);
  expect(checkResponse(request, response, isForeign ? ours.secrets : theirs.secrets)).toEqual([]);
}
