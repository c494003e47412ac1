import type { RunReceipt } from "@bridgekit/client";
import type { Timeline } from "../run-timeline.ts";
import type { CountedFault, Receipt } from "./receipt.ts";

/** What was missing or wrong. */
export interface Findings {
  missing: readonly string[];
  badRecords: readonly CountedFault[];
  badFields: readonly CountedFault[];
}

// The Bridge takes 64 KiB, and 100 items of each list.
const MOST_ITEMS = 100;
const MOST_BYTES = 8 * 1024;
const MOST_RECEIPT_BYTES = 60 * 1024;
const LONGEST_LINE = 2_000;
const LONGEST_WORD = 200;
const LONGEST_MESSAGE = 4_000;

/** Returns the receipt as the Bridge keeps it: without credentials, cursor and values of records. */
export function toRunReceipt(receipt: Receipt, { missing, badRecords, badFields }: Findings): RunReceipt {
  const { status, mode, startedAt, endedAt, usage, types, unknownRefs = [], error, approved, versions } = receipt;
  const kept: RunReceipt = {
    status,
    mode,
    started_at: startedAt,
    ended_at: endedAt,
    usage: {
      calls: usage.calls,
      retries: usage.retries,
      rate_limited: usage.rateLimited,
      wait_seconds: usage.waitSeconds,
    },
    types,
    missing: toLines(missing),
    unknown_refs: toLines(unknownRefs),
    bad_records: toFaults(badRecords),
    bad_fields: toFaults(badFields),
    ...(error && { error: { code: error.code, message: shorten(error.message, LONGEST_MESSAGE) } }),
    ...(approved !== undefined && { approved }),
    versions: { ...versions },
  };
  if (!receipt.timeline) return kept;
  const whole = { ...kept, timeline: toRunTimeline(receipt.timeline) };
  // Of a run with hundreds of types the counts matter more.
  return Buffer.byteLength(JSON.stringify(whole)) > MOST_RECEIPT_BYTES ? kept : whole;
}

function toRunTimeline({ seconds, stepSeconds, steps, streams }: Timeline): NonNullable<RunReceipt["timeline"]> {
  return {
    seconds,
    step_seconds: stepSeconds,
    steps: steps.map(({ rateLimited, turnSeconds, backoffSeconds, ...step }) => ({
      ...step,
      rate_limited: rateLimited,
      turn_seconds: turnSeconds,
      backoff_seconds: backoffSeconds,
    })),
    streams: within(
      streams.map(({ startedSeconds, endedSeconds, ...stream }) => ({
        ...stream,
        started_seconds: startedSeconds,
        ended_seconds: endedSeconds,
      })),
    ),
  };
}

function toLines(texts: readonly string[]): string[] {
  return within(texts.map((text) => shorten(text, LONGEST_LINE)));
}

function toFaults(faults: readonly CountedFault[]): NonNullable<RunReceipt["bad_records"]> {
  const counted = faults.map(({ slug, field, reason, count }) => ({
    slug,
    field: shorten(field, LONGEST_WORD),
    reason: shorten(reason, LONGEST_WORD),
    count,
  }));
  const named = faults.map(({ ids }, index) => ({ ...counted[index]!, ...(ids.length > 0 && { ids }) }));
  const kept = within(named);
  // That there is a fault matters more than whose it is.
  return kept.length < named.length ? within(counted) : kept;
}

/** Returns the first items that fit into their share of a receipt. */
function within<Item>(items: readonly Item[]): Item[] {
  let bytes = 0;
  const end = items.findIndex((item, index) => {
    bytes += Buffer.byteLength(JSON.stringify(item)) + 1;
    return index >= MOST_ITEMS || bytes > MOST_BYTES;
  });
  return end < 0 ? [...items] : items.slice(0, end);
}

function shorten(text: string, most: number): string {
  return text.length > most ? `${text.slice(0, most - 1).toWellFormed()}…` : text.toWellFormed();
}
