import { NONE } from "./reconcile.ts";
import { anything, between, textWith } from "./rough.ts";
import type { App, Kind, Live, Session, Table } from "./state.ts";

/** The bodies of responses, as far as the protocol determines them. */

export function toStatus({ stage, end }: Session): string {
  switch (stage) {
    case "open":
      return "in_progress";
    case "due":
      return end === "complete" ? "completing" : "abandoned";
    case "reconciled":
      return end === "complete" ? "completed" : "abandoned";
    case "held":
    case "overtaken":
      return "error";
    case "replaced":
    case "discarded":
      return "abandoned";
  }
}

export function toSessionBody(session: Session, types: Table<Kind>): object {
  const { stage, pages, counts, losses } = session;
  const status = toStatus(session);
  switch (stage) {
    case "replaced":
    case "discarded":
      return { status, progress: anything };
    case "held":
    case "overtaken": {
      const words = losses.flatMap(({ slug, live, lost }) => [`${lost} of ${live}`, `"${slug}"`]);
      const shown = Object.fromEntries(losses.map(({ slug, of, live, lost }) => [`${of} ${slug}`, { live, lost }]));
      return { status, progress: anything, error_code: "REMOVALS_HELD", message: textWith(words), losses: shown };
    }
    case "open":
    case "due": {
      const progress = Object.keys(types).map((slug) => {
        const ids = pages.flatMap((page) => (page.slug === slug ? page.records.map(({ id }) => id) : []));
        // Exact only after the reconciliation: until then overlapping pages may count all of their records.
        return [slug, { synced: between(new Set(ids).size, ids.length) }];
      });
      return { status, progress: Object.fromEntries(progress) };
    }
    case "reconciled": {
      return { status, progress: Object.fromEntries(Object.keys(types).map((slug) => [slug, counts[slug] ?? NONE])) };
    }
  }
}

export function toAppBody({ guard, isConfigured }: App): object {
  const configuration_status = isConfigured ? "CONFIGURED" : "CHECKING_CONFIGURATION";
  return { configuration_status, is_synced: isConfigured, removal_guard: guard };
}

export function toRecordsBody(records: Table<Live> = {}, kind: Kind): object[] {
  const sorted = Object.entries(records).toSorted(([one], [other]) => (one < other ? -1 : 1));
  return sorted.map(([, record]) => toRecordBody(record, kind));
}

function toRecordBody({ data, isStub, isActive }: Live, kind: Kind): object {
  // In a group or a license it is an ordinary field.
  const pushed = kind === "account" ? data["status"] : undefined;
  const status = isActive ? (pushed ?? "active") : "inactive";
  return { data, status, is_removed: !isActive, stub: isStub };
}
