import { setTimeout as sleep } from "node:timers/promises";
import type { BridgeClient } from "@bridgekit/client";
import {
  createMemoryReceipts,
  isSyncError,
  planSync,
  registerResourceTypes,
  runSync,
  type Connection,
  type PlanResult,
  type SyncOptions,
  type SyncResult,
} from "../../src/run.ts";
import type { TestBridge } from "../support/start-bridge.ts";
import { Chance } from "./chance.ts";
import { findDifference, findLeft, findWrong, readLive, type Run } from "./check-live.ts";
import { connectUpstream } from "./connect-upstream.ts";
import { BRIDGE_FAULTS, FAULTS, withFaults } from "./faulty-fetch.ts";
import { Tally } from "./tally.ts";
import { respondFrom, LIE, LISTS, type Moods } from "./upstream-api.ts";
import { createUpstream, type Slug, type Upstream } from "./upstream.ts";

export interface SyncProofOptions {
  bridge: TestBridge;
  /** Syncs with faults, of all apps together. */
  syncs: number;
  seed: number;
  onProgress?: (syncs: number) => void;
}

export interface SyncProofResult {
  syncs: number;
  /** Syncs without faults in between, after which the Bridge and the system were equal. */
  clean: number;
  /** Syncs among them that the guard held until they were approved. */
  approved: number;
  /** How the syncs with faults ended. */
  ends: Tally;
  faults: Tally;
}

const FAST = { retries: 4, minDelaySeconds: 0.001, maxDelaySeconds: 0.004 };
const SYNCS_UNTIL_CLEAN = 8;
const CALM: Omit<Moods, "chance"> = { driftRate: 0, lieRate: 0 };

/** Syncs apps under random faults, each with another kind of system. Throws at the first wrong record. */
export async function proveSyncs({ bridge, syncs, seed, onProgress }: SyncProofOptions): Promise<SyncProofResult> {
  const result: SyncProofResult = { syncs: 0, clean: 0, approved: 0, ends: new Tally(), faults: new Tally() };
  const apps = [...LISTS, "changes" as const];
  await Promise.all(
    apps.map(async (kind, index) => {
      const app = await SyncedApp.open({ bridge, kind, seed, result });
      for (let n = index; n < syncs; n += apps.length) {
        await app.syncWithFaults(n);
        result.syncs++;
        onProgress?.(result.syncs);
        if (n % SYNCS_UNTIL_CLEAN === 0) await app.syncCleanly(n);
      }
      await app.syncCleanly(syncs);
    }),
  );
  return result;
}

/** One line about all syncs. */
export function describeSyncs({ syncs, clean, approved, ends, faults }: SyncProofResult): string {
  return `${syncs} syncs (${ends.describe()}) and ${clean} without a fault, ${approved} of them approved; ${faults.total} faults: ${faults.describe()}`;
}

interface AppOptions {
  bridge: TestBridge;
  kind: (typeof LISTS)[number] | "changes";
  seed: number;
  result: SyncProofResult;
}

class SyncedApp {
  readonly #options: AppOptions;
  readonly #upstream: Upstream;
  #appId = "";
  #sync!: (options?: Partial<SyncOptions>) => Promise<SyncResult>;
  #plan!: () => Promise<PlanResult>;
  #chance: Chance;
  #moods = CALM;
  #rate = 0;
  #lies = 0;

  private constructor(options: AppOptions) {
    this.#options = options;
    this.#chance = new Chance(`${options.seed} ${options.kind}`);
    this.#upstream = createUpstream(this.#chance.pick("people", [20, 40, 150]), 8, this.#chance);
  }

  static async open(options: AppOptions): Promise<SyncedApp> {
    const app = new SyncedApp(options);
    const { bridge, kind, result } = options;
    const ofFault = (faults: typeof FAULTS | typeof BRIDGE_FAULTS, side: string) => () => ({
      faults,
      chance: app.#chance,
      rate: app.#rate,
      onFault: (name: string) => result.faults.add(`${side}: ${name}`),
    });
    const list = kind === "changes" ? "cursor" : kind;
    const upstream = withFaults(
      respondFrom(app.#upstream, list, () => ({ chance: app.#chance, ...app.#moods })),
      ofFault(FAULTS, "system"),
    );
    const connection: Connection = await connectUpstream({
      list,
      limit: 5 + app.#chance.below("limit", 16),
      async respond(request) {
        const response = await upstream(request);
        // A response that is cut on its way is not believed, and the repeated one may be true.
        if (response.ok && response.headers.has(LIE) && (await isWhole(response.clone()))) app.#lies++;
        return response;
      },
    });
    const faulty = withFaults((request) => bridge.fetch(request), ofFault(BRIDGE_FAULTS, "Bridge"));
    const client: BridgeClient = bridge.connect((input, init) => faulty(new Request(input, init)));
    app.#appId = (await bridge.client.createApp({ name: kind })).id;
    // Guards would hide the mistakes that this looks for.
    await bridge.client.updateApp(app.#appId, { removal_guard: null });
    await registerResourceTypes(bridge.client, app.#appId, connection.connector);
    const receipts = kind === "changes" ? { receipts: createMemoryReceipts() } : {};
    const base = {
      bridge: client,
      appId: app.#appId,
      connection,
      retry: FAST,
      reconciliationTimeoutSeconds: 1800,
      ...receipts,
    };
    app.#sync = (more) => runSync({ ...base, ...more });
    app.#plan = () => planSync(base);
    return app;
  }

  async syncWithFaults(n: number): Promise<void> {
    const { kind, seed, result } = this.#options;
    this.#chance = new Chance(`${seed} ${kind} ${n}`);
    for (let change = this.#chance.below("changes", 4); change > 0; change--) this.#upstream.drift(this.#chance);
    this.#rate = this.#chance.pick("rate", [0.01, 0.05, 0.15, 0.3]);
    this.#moods = {
      driftRate: this.#chance.pick("drift rate", [0, 0, 0.1, 0.5]),
      lieRate: this.#chance.pick("lie rate", [0, 0, 0.05, 0.3]),
    };
    this.#lies = 0;
    const fullEverySeconds = this.#chance.pick("full", [0, 86_400]);
    const from = this.#upstream.now;
    const before = await this.#live();
    const end = await this.#sync({ fullEverySeconds }).then(
      ({ status }) => status,
      (error: unknown) => {
        if (!isSyncError(error)) throw error;
        return error.code;
      },
    );
    result.ends.add(end);
    if (end === "completed" && this.#lies > 0)
      this.#fail(n, [`it completed although ${this.#lies} pages were not what they should be`]);
    await this.#check(n, {
      before,
      from,
      until: this.#upstream.now,
      end: end === "completed" || end === "updated" ? end : "other",
    });
  }

  /** The first sync without a fault makes the Bridge and the system equal. */
  async syncCleanly(n: number): Promise<void> {
    this.#moods = CALM;
    this.#rate = 0;
    if (this.#chance.happens("turnover", 0.2)) this.#upstream.turnOver(this.#chance);
    const { status } = await this.#syncTruth(n);
    if (status !== "completed") this.#fail(n, [`a sync without a fault ended as ${status}`]);
    this.#fail(n, findDifference(this.#upstream, await this.#live()));
    this.#options.result.clean++;
  }

  /** Reads everything. If the guard holds it, as when most of a small team really left, approves what is true. */
  async #syncTruth(n: number): Promise<SyncResult> {
    let approve: { approve?: string } = {};
    for (let tries = 10; ; tries--) {
      try {
        return await this.#sync({ fullEverySeconds: 0, ...approve });
      } catch (error) {
        // APPROVAL: an earlier sync became live after the plan.
        const isHeld = isSyncError(error) && (error.code === "REMOVALS" || error.code === "APPROVAL");
        if (!isHeld || tries === 1) throw error;
        if (error.code === "REMOVALS") this.#options.result.approved++;
        approve = { approve: await this.#planTruth(n) };
      }
    }
  }

  /** Returns the hash of a plan that removes exactly what has left. */
  async #planTruth(n: number): Promise<string> {
    for (let tries = 100; ; tries--) {
      const { types, hash } = await this.#plan();
      const left = findLeft(this.#upstream, await this.#live());
      const wrong = types.filter(({ slug, removed }) => removed !== left[slug as Slug].length);
      if (wrong.length === 0) return hash;
      if (tries === 1)
        this.#fail(
          n,
          wrong.map(({ slug, removed }) => `a plan removes ${removed} of ${slug}; left: ${left[slug as Slug].join()}`),
        );
      await sleep(50);
    }
  }

  /** Changes become live a moment after they were pushed. */
  async #check(n: number, run: Omit<Run, "after">): Promise<void> {
    for (let tries = run.end === "updated" ? 100 : 1; ; tries--) {
      const wrong = findWrong(this.#upstream, { ...run, after: await this.#live() });
      if (wrong.length === 0) return;
      if (tries === 1) return this.#fail(n, wrong);
      await sleep(50);
    }
  }

  #live() {
    return readLive(this.#options.bridge.client, this.#appId);
  }

  #fail(n: number, wrong: readonly string[]): void {
    if (wrong.length === 0) return;
    const { kind, seed } = this.#options;
    throw new Error(`seed ${seed}, sync ${n}, a list by ${kind}:\n${wrong.slice(0, 10).join("\n")}`);
  }
}

async function isWhole(response: Response): Promise<boolean> {
  return response.json().then(
    () => true,
    () => false,
  );
}
