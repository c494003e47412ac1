import { isDeepStrictEqual } from "node:util";
import { keepRefs } from "./reconcile.ts";
import type { Ledger } from "./ledger.ts";
import { inOrder } from "./refs.ts";
import type { Live, RecordData, Session, Table } from "./state.ts";

/** Events that a check must meet to prove anything. */
export const EVENTS = [
  "page taken",
  "page of no records",
  "page sent again",
  "page refused as bad",
  "page refused after the end",
  "later page won",
  "record in several parts",
  "start replaced an open session",
  "start discarded a held session",
  "completed",
  "complete repeated",
  "abandoned",
  "abandon repeated",
  "end refused",
  "held",
  "held too late to confirm",
  "confirmed",
  "discarded",
  "release refused",
  "guard changed",
  "guard switched off",
  "app cloned",
  "type registered twice",
  "unknown session",
  "record created",
  "record changed",
  "record removed",
  "record came back",
  "refs kept",
  "refs in another order",
  "stub made",
  "stub filled in",
  "response open to several states",
  "response lost in a crash",
] as const;
export type Event = (typeof EVENTS)[number];

/** How often each event happened in a sequence. */
export function countEvents({ happened, states, openResponses }: Ledger): Map<Event, number> {
  const counts = new Map<Event, number>([["response open to several states", openResponses]]);
  const add = (event: Event, isSo = true) => isSo && counts.set(event, (counts.get(event) ?? 0) + 1);

  const sent = new Set<string>();
  for (const { call, response } of happened) {
    if (response === undefined) {
      add("response lost in a crash");
      continue;
    }
    const { status } = response;
    switch (call.do) {
      case "push": {
        const page = JSON.stringify([call.session, call.page]);
        add("page taken", status === 200);
        add("page of no records", status === 200 && call.page.records.length === 0);
        add("page sent again", status === 200 && sent.has(page));
        add("page refused as bad", status === 400 || status === 422 || status === 404);
        add("page refused after the end", status === 409);
        sent.add(page);
        break;
      }
      case "complete":
      case "abandon": {
        const name = `${call.do} ${call.session}`;
        add(call.do === "complete" ? "complete repeated" : "abandon repeated", status < 300 && sent.has(name));
        add("end refused", status === 409);
        if (status < 300) sent.add(name);
        break;
      }
      case "confirm":
        add(status === 202 ? "confirmed" : "release refused");
        break;
      case "discard":
        add(status === 204 ? "discarded" : "release refused");
        break;
      case "set guard":
        add(call.guard === null ? "guard switched off" : "guard changed");
        break;
      case "create app":
        add("app cloned", call.cloneOf !== undefined);
        break;
      case "register type":
        add("type registered twice", status === 409);
        break;
      case "read session":
        add("unknown session", status === 404);
        break;
      case "start":
      case "read app":
      case "read records":
        break;
      default:
        call satisfies never;
    }
  }

  const [state] = states;
  for (const session of Object.values(state?.sessions ?? {})) {
    for (const event of eventsOfSession(session)) add(event);
    for (const event of eventsOfRecords(session)) add(event);
  }
  for (const app of Object.values(state?.apps ?? {}))
    for (const records of Object.values(app.live))
      for (const { isStub } of Object.values(records)) add("stub made", isStub);
  return counts;
}

function eventsOfSession({ stage, end, isConfirmed, counts }: Session): Event[] {
  const total = (name: "created" | "updated" | "removed") =>
    Object.values(counts).reduce((sum, count) => sum + count[name], 0);
  const isReconciled = stage === "reconciled";
  const events: [Event, boolean][] = [
    ["completed", isReconciled && end === "complete"],
    ["abandoned", isReconciled && end === "abandon"],
    ["held", stage === "held" || stage === "discarded" || isConfirmed || (stage === "replaced" && end !== undefined)],
    ["held too late to confirm", stage === "overtaken"],
    ["start replaced an open session", stage === "replaced" && end === undefined],
    ["start discarded a held session", stage === "replaced" && end !== undefined],
    ["record created", isReconciled && total("created") > 0],
    ["record changed", isReconciled && total("updated") > 0],
    ["record removed", isReconciled && total("removed") > 0],
  ];
  return events.flatMap(([event, isSo]) => (isSo ? [event] : []));
}

function eventsOfRecords({ stage, pages, liveAtStart }: Session): Event[] {
  if (stage !== "reconciled") return [];
  const pushed = pages.flatMap(({ slug, records }) =>
    records.map((record) => ({ slug, id: record.id, record, name: `${slug}/${record.id}` })),
  );
  const knew = (isSo: (live: Live) => boolean) =>
    pushed.some(({ slug, id }) => isKnownAs(liveAtStart[slug]?.[id], isSo));
  const events: [Event, boolean][] = [
    ["later page won", new Set(pushed.map(({ name }) => name)).size < pushed.length],
    ["record in several parts", pages.some(({ records }) => records.some(({ continues }) => continues === true))],
    ["refs in another order", pushed.some(({ slug, id, record }) => isReordered(record, liveAtStart[slug]?.[id]))],
    ["record came back", knew(({ isActive, isStub }) => !isActive && !isStub)],
    ["refs kept", pages.some(({ slug, records }) => records.some((record) => keeps(record, liveAtStart[slug])))],
    ["stub filled in", knew(({ isStub }) => isStub)],
  ];
  return events.flatMap(([event, isSo]) => (isSo ? [event] : []));
}

function keeps(record: RecordData, live: Table<Live> = {}): boolean {
  return Object.keys(keepRefs(record, live[record.id]?.data).kept).length > 0;
}

function isReordered(record: RecordData, live: Live | undefined): boolean {
  if (live === undefined) return false;
  const { whole } = keepRefs(record, live.data);
  return !isDeepStrictEqual(whole, live.data) && isDeepStrictEqual(inOrder(whole), inOrder(live.data));
}

function isKnownAs(live: Live | undefined, isSo: (live: Live) => boolean): boolean {
  return live !== undefined && isSo(live);
}
