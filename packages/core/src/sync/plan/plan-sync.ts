import { describeLosses, judgeLosses, type Kind, type Loss } from "@bridgekit/client";
import { ifOffered } from "../../if-offered.ts";
import type { BadRecordReport } from "../../state/receipt.ts";
import type { Before, BeforeOptions } from "../guard/before.ts";
import { findLosses } from "../guard/find-losses.ts";
import { Guard } from "../guard/guard.ts";
import { readOnce } from "../read-once.ts";
import { readBaseline } from "./baseline.ts";
import { ChangeSet, type TypePlan } from "./change-set.ts";

export type PlanOptions = BeforeOptions;

/** What a sync would do now. */
export interface PlanResult {
  /** What the system was compared with: what is live on the Bridge, the last receipt, or nothing. */
  comparedWith: Before["kind"];
  types: readonly TypePlan[];
  /** Why a sync would wait for an operator, one sentence per reason; empty if it would go on. */
  held: readonly string[];
  /** Hash of the removals and lost refs, for `approve`; what is created and updated does not change it. */
  hash: string;
  /** Why a sync would be abandoned: then it removes nobody, whatever `removed` shows. */
  missing: readonly string[];
  /** Which refs are unknown, and why: accounts keep those that the Bridge knows. */
  unknownRefs: readonly string[];
  badRecords: BadRecordReport;
  /** Wrong fields that a sync would leave out of records. */
  badFields: BadRecordReport;
}

/**
 * Reads everything and changes nothing: what a sync would create, update and take away, whether it would be held, and a
 * hash to approve it by.
 */
export async function planSync(options: PlanOptions): Promise<PlanResult> {
  const baseline = await readBaseline(options);
  const changes = new ChangeSet(baseline);
  const { resourceTypes } = options.connection.connector;
  const reader = await readOnce(options, (slug, record) => changes.observe(slug, resourceTypes[slug]!.type, record));
  const missing = reader.missing();
  const found = await findLosses(baseline, reader);
  const declared = Object.entries(resourceTypes);
  const kinds = new Map<string, Kind>([
    ...[...baseline.types].map(([slug, { type }]) => [slug, type] as const),
    ...declared.map(([slug, { type }]) => [slug, type] as const),
  ]);
  const guard = await openGuard(options, baseline);
  const { ids, refs } = reader;
  const isWhole = missing.length === 0;
  const objection = await guard.judge({ ids, refs, end: isWhole ? "complete" : "keep" });
  const byBridge = isWhole && baseline.kind === "live records" ? await judgeAsBridge(options, found.losses) : [];
  return {
    comparedWith: baseline.kind,
    types: await changes.finish(found, { read: ids, kinds }),
    held: [...(objection ? [`it ${objection.reason}`] : []), ...byBridge],
    hash: found.hash,
    missing,
    unknownRefs: reader.unknownRefs.reasons(),
    badRecords: reader.bad.report(),
    badFields: reader.bad.reportFields(),
  };
}

async function openGuard(options: PlanOptions, live: Before): Promise<Guard> {
  const last = await options.receipts?.latest("completed");
  const { salt, hash } = last?.credentials ?? {};
  const hasOtherCredentials = salt !== undefined && (await options.connection.fingerprint(salt)) !== hash;
  return new Guard({
    ...options,
    last,
    hasOtherCredentials,
    live: live.kind === "live records" ? live : undefined,
  });
}

/** What the guard of the Bridge would hold, if the Bridge returns its settings. */
async function judgeAsBridge({ bridge, appId }: PlanOptions, losses: readonly Loss[]): Promise<string[]> {
  const app = appId === undefined ? undefined : await ifOffered(() => bridge.getApp(appId));
  const held = judgeLosses(losses, app?.removal_guard ?? null);
  return held.length > 0 ? [`the guard of the Bridge would hold it: it would ${describeLosses(held)}`] : [];
}
