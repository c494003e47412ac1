import type { BridgeClient, LiveRecord } from "@bridgekit/client";
import { contentOf, type Slug, type Upstream } from "./upstream.ts";

const SLUGS: readonly Slug[] = ["team", "account"];

/** The active records of an app, by type and id, as texts. */
export type Live = Record<Slug, Map<string, string>>;

export async function readLive(client: BridgeClient, appId: string): Promise<Live> {
  const read = async (slug: Slug) => {
    const records: LiveRecord[] = await Array.fromAsync(client.listRecords(appId, slug));
    const active = records.filter((record) => record.removed_at === null);
    return new Map(active.map((record) => [record.data.id, contentOf({ ...record.data, status: record.status })]));
  };
  return { team: await read("team"), account: await read("account") };
}

export interface Run {
  before: Live;
  after: Live;
  /** Moments of the system at which the run began and ended. */
  from: number;
  until: number;
  /** How the run ended. */
  end: "completed" | "updated" | "other";
}

/** Violations of what must hold whatever happened during a run; empty if all holds. */
export function findWrong(upstream: Upstream, { before, after, from, until, end }: Run): string[] {
  const wrong: string[] = [];
  for (const slug of SLUGS) {
    for (const [id, content] of after[slug]) {
      if (!upstream.had(slug, id, content, 0, until))
        wrong.push(`${slug} ${id} is live and never existed so: ${content}`);
      else if (end === "completed" && !upstream.had(slug, id, content, from, until))
        wrong.push(`${slug} ${id} is live, and did not exist so during the sync that completed: ${content}`);
    }
    for (const id of upstream.idsOf(slug)) {
      if (!upstream.wasThere(slug, id, from, until) || after[slug].has(id)) continue;
      if (before[slug].has(id)) wrong.push(`${slug} ${id} existed all the time and is removed`);
      else if (end !== "other") wrong.push(`${slug} ${id} existed all the time and is missing`);
    }
  }
  return wrong;
}

/** The live records that have left the system. */
export function findLeft({ teams, people }: Upstream, live: Live): Record<Slug, string[]> {
  return {
    team: [...live.team.keys()].filter((id) => !teams.has(id)),
    account: [...live.account.keys()].filter((id) => !people.has(id)),
  };
}

/** Differences between the live records and the system. */
export function findDifference(upstream: Upstream, live: Live): string[] {
  const system = { team: upstream.teams, account: upstream.people };
  return SLUGS.flatMap((slug) => {
    const there = new Map([...system[slug]].map(([id, record]) => [id, contentOf(record)]));
    return [...new Set([...there.keys(), ...live[slug].keys()])]
      .filter((id) => there.get(id) !== live[slug].get(id))
      .map((id) => `${slug} ${id}: there ${there.get(id)}, live ${live[slug].get(id)}`);
  });
}
