import type { AccountRecord, BridgeClient, RunReceipt } from "@bridgekit/client";
import { makeAccounts } from "./seed.ts";

const step = (step: number, calls: number, { retries = 0, rate_limited = 0, turn = 0, backoff = 0 } = {}) => ({
  step,
  calls,
  retries,
  rate_limited,
  turn_seconds: turn,
  backoff_seconds: backoff,
});

/** What a run leaves that read most of a system: it was turned away twice, and guests are hidden from it. */
const receipt: RunReceipt = {
  status: "abandoned",
  mode: "full",
  started_at: "2026-11-15T12:00:00.000Z",
  ended_at: "2026-11-15T12:00:12.400Z",
  usage: { calls: 31, retries: 3, rate_limited: 2, wait_seconds: 5.4 },
  timeline: {
    seconds: 12.4,
    step_seconds: 0.2,
    steps: [
      step(1, 2),
      step(3, 1),
      step(6, 4, { turn: 0.2 }),
      step(10, 6, { turn: 1.1 }),
      step(15, 5, { rate_limited: 2, backoff: 0.2 }),
      ...Array.from({ length: 10 }, (_, index) => step(16 + index, 0, { backoff: 0.4 })),
      step(26, 3, { retries: 3 }),
      step(33, 6),
      step(45, 3),
      step(58, 1),
    ],
    streams: [
      {
        slug: "team",
        started_seconds: 0.1,
        ended_seconds: 0.9,
        end: "complete",
        proofs: { total: 1 },
        pages: [{ step: 4, count: 1 }],
      },
      {
        slug: "license",
        started_seconds: 0.9,
        ended_seconds: 1.1,
        end: "complete",
        proofs: { empty_page: 1 },
        pages: [{ step: 5, count: 1 }],
      },
      {
        slug: "account",
        started_seconds: 1.1,
        ended_seconds: 12.2,
        end: "partial",
        proofs: { no_next_page: 4 },
        pages: [
          { step: 12, count: 1 },
          { step: 34, count: 2 },
          { step: 60, count: 1 },
        ],
      },
    ],
  },
  types: {
    team: { type: "group", read: 4, pushed: 4, created: 0, updated: 0, duplicates: 0 },
    license: { type: "license", read: 1, pushed: 1, created: 0, updated: 0, duplicates: 0 },
    account: { type: "account", read: 121, pushed: 119, created: 0, updated: 0, duplicates: 0, refs: { team: 119 } },
  },
  missing: ["account: guests are hidden from this token; grant it the scope read:guests"],
  bad_records: [
    { slug: "account", field: "email", reason: "must be a string", count: 4, ids: ["u3", "u5", "u7"] },
    { slug: "account", field: "status", reason: "must be active or suspended", count: 1 },
  ],
  versions: { connector: "hr 1.2.0", core: "0.1.0", node: "v24.1.0" },
};

/** A read that was not complete, with the receipt of its run. Returns the session's id. */
export async function leavePartialRun(
  client: BridgeClient,
  appId: string,
  accounts: readonly AccountRecord[] = makeAccounts(119),
): Promise<string> {
  const syncId = await client.startSync(appId);
  await client.pushPage(appId, syncId, "account", accounts.slice(0, 100));
  await client.pushPage(appId, syncId, "account", accounts.slice(100));
  await client.putReceipt(appId, syncId, receipt);
  await client.abandonSync(appId, syncId);
  return syncId;
}
