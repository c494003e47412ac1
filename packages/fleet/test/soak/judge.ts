import type { BridgeClient } from "@bridgekit/client";
import type { Fleet } from "../../src/index.ts";
import type { StandIn } from "../support/stand-in.ts";
import type { Life } from "./upstream-life.ts";

export interface Judged {
  standIn: StandIn;
  life: Life;
  client: BridgeClient;
  fleet: Fleet;
  /** Ids on the Bridge by key. */
  apps: ReadonlyMap<string, string>;
  every: number;
  /** When a worker was killed, stood still or went on, in milliseconds. */
  killed: readonly number[];
  /** When one went on after it had stood still. */
  continued: readonly number[];
  endedAt: number;
}

export interface Judgement {
  /** What did not hold; empty if everything did. */
  broken: string[];
  syncs: number;
  tasks: number;
  /** Tasks whose worker died during them, so that they were done again. */
  repeated: number;
  removed: number;
  /** Longest time from when a sync was due until it began, in seconds. */
  lagSeconds: number;
}

/** Compares what the stand-in saw with what the Bridge says. */
export async function judge(judged: Judged): Promise<Judgement> {
  const { fleet, apps } = judged;
  const judgement: Judgement = { broken: [], syncs: 0, tasks: 0, repeated: 0, removed: 0, lagSeconds: 0 };
  for (const [key, appId] of apps) {
    judgeRuns(judged, key, judgement);
    await judgeTasks(judged, key, appId, judgement);
    await judgeRecords(judged, key, appId, judgement);
  }
  const { parked, unseen } = (await fleet.summary()).apps;
  if (parked + unseen > 0) judgement.broken.push(`${parked} apps are parked and ${unseen} unseen`);
  return judgement;
}

/** What a worker had begun when it stood still reaches the system before it learns that it was replaced. */
const LEARNS_WITHIN_MS = 1000;

function judgeRuns({ standIn, every, endedAt, continued }: Judged, key: string, judgement: Judgement): void {
  const { reads, overlaps } = standIn.of(key);
  judgement.syncs += reads.length;
  for (const at of overlaps)
    if (!continued.some((moment) => moment <= at && at <= moment + LEARNS_WITHIN_MS))
      judgement.broken.push(`${key}: two runs at a time`);
  for (const [index, at] of reads.entries()) {
    const gap = ((reads[index + 1] ?? endedAt) - at) / 1000;
    judgement.lagSeconds = Math.max(judgement.lagSeconds, gap - every);
  }
  if (reads.length === 0) judgement.broken.push(`${key}: never synced`);
}

async function judgeTasks(judged: Judged, key: string, appId: string, judgement: Judgement): Promise<void> {
  const { standIn, life, client, killed } = judged;
  const { changes } = standIn.of(key);
  for (const [account, id] of life.tasks.get(key)!) {
    // The call that created the task failed, so it is not known whether there is one.
    if (id === "") continue;
    judgement.tasks++;
    const times = changes.filter((change) => change.id === account).map(({ at }) => at);
    if (times.length === 0) judgement.broken.push(`${key}: nobody suspended ${account}`);
    const { status, history } = await client.getTask(appId, id);
    if (status !== "completed") judgement.broken.push(`${key}: the task for ${account} is ${status}`);
    const endedAt = Date.parse(history?.findLast(({ event }) => event === "completed")?.at ?? "");
    for (const [index, at] of times.entries()) {
      if (index === 0) continue;
      judgement.repeated++;
      const before = times[index - 1]!;
      if (at > endedAt) judgement.broken.push(`${key}: ${account} was suspended again after the outcome was known`);
      if (!killed.some((moment) => moment >= before - 2000 && moment <= at))
        judgement.broken.push(`${key}: ${account} was suspended again although no worker was killed`);
    }
  }
}

async function judgeRecords(judged: Judged, key: string, appId: string, judgement: Judgement): Promise<void> {
  const { standIn, life, client } = judged;
  const live = new Map<string, string>();
  for await (const { data, status, removed_at: removedAt } of client.listRecords(appId, "account"))
    if (removedAt === null) live.set(data.id, status);
    else if (!life.left.get(key)!.has(data.id))
      judgement.broken.push(`${key}: ${data.id} was removed and had not left`);
  const { accounts } = standIn.of(key);
  const different = new Set(live.keys()).symmetricDifference(new Set(accounts.keys()));
  for (const id of different)
    judgement.broken.push(`${key}: ${id} is ${live.has(id) ? "live" : "missing"} on the Bridge`);
  for (const [id, state] of accounts)
    if (live.has(id) && live.get(id) !== state) judgement.broken.push(`${key}: ${id} is ${live.get(id)}, not ${state}`);
  let removed = 0;
  for await (const { progress } of client.listSyncs(appId)) for (const type of progress) removed += type.removed ?? 0;
  judgement.removed += removed;
  if (removed > life.left.get(key)!.size)
    judgement.broken.push(`${key}: ${removed} were removed and ${life.left.get(key)!.size} left`);
}
