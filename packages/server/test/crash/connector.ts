import { Caller, type Send } from "../model/caller.ts";
import type { Happened } from "../model/explain.ts";
import { Ledger } from "../model/ledger.ts";
import type { CallResponse, Call, Page, Session } from "../model/state.ts";
import { TaskLedger } from "./task-ledger.ts";

/** Thrown if the server died before it responded. */
export class LostResponseError extends Error {}

const PAGE_SIZE = 100;
const MOST_PAGES = 12;
const DIFFERENT_IDS = 1_500;
const POLL_MS = 25;
const RECONCILIATION_LIMIT_MS = 1_800_000;

export interface Acknowledged {
  pages: number;
  completes: number;
  abandons: number;
  reports: number;
}

/** A connector that pushes to its own app without a pause and stores what was acknowledged. */
export class Connector {
  readonly ledger: Ledger;
  readonly #app: string;
  readonly #caller: Caller;
  readonly #tasks: TaskLedger;
  #session: string | undefined;
  #sessions = 0;
  acknowledged: Acknowledged = { pages: 0, completes: 0, abandons: 0, reports: 0 };

  constructor(name: string, send: Send) {
    this.#app = name;
    this.#caller = new Caller(send);
    this.ledger = new Ledger(name);
    this.#tasks = new TaskLedger(send);
  }

  /** Creates the app. Every fourth connector keeps a guard, so that some sessions are held. */
  async setUp(index: number): Promise<void> {
    const app = this.#app;
    await this.#make({ do: "create app", app });
    await this.#make({ do: "register type", app, slug: "account", kind: "account" });
    await this.#make({ do: "register type", app, slug: "team", kind: "group" });
    await this.#make({ do: "set guard", app, guard: index % 4 === 3 ? { max_share: 0.25, min_count: 10 } : null });
  }

  /** Syncs and carries out tasks until the server dies. */
  async work(onComplete: () => void): Promise<never> {
    for (;;) {
      const session = `${this.#app}-s${++this.#sessions}`;
      await this.#make({ do: "start", app: this.#app, session });
      this.#session = session;
      for (const page of drawPages()) {
        await this.#make({ do: "push", app: this.#app, session, page });
        this.acknowledged.pages++;
      }
      await this.#tasks.doOne(this.#caller.idOf(this.#app));
      this.acknowledged.reports++;
      const end = Math.random() < 0.75 ? "complete" : "abandon";
      await this.#make({ do: end, app: this.#app, session });
      if (end === "complete") onComplete();
      this.acknowledged[end === "complete" ? "completes" : "abandons"]++;
      // Some start again at once, others wait for the reconciliation, as the runner does.
      if (Math.random() < 0.7) await this.#waitForReconciliation(session);
    }
  }

  /**
   * Checks a restarted server: the session and the groups as they are, then, once everything is reconciled, every
   * record and every task. Returns whether the previous server may have died with a reconciliation to do, and how many
   * records were compared.
   */
  async verify(): Promise<{ wasDue: boolean; records: number }> {
    const app = this.#app;
    const wasDue = this.#isDue();
    await this.#make({ do: "read records", app, slug: "team" });
    if (this.#session !== undefined) {
      const session = this.#session;
      const { body } = await this.#make({ do: "read session", app, session });
      const { status } = body as { status: string };
      if (status === "in_progress")
        await this.#make({ do: Math.random() < 0.5 ? "complete" : "abandon", app, session });
      await this.#waitForReconciliation(session);
    }
    const teams = await this.#make({ do: "read records", app, slug: "team" });
    const accounts = await this.#make({ do: "read records", app, slug: "account" });
    await this.#make({ do: "read app", app });
    await this.#tasks.verify(this.#caller.idOf(app));
    this.#forget();
    return { wasDue, records: (teams.body as object[]).length + (accounts.body as object[]).length };
  }

  /** Calls, and stores the response, or that it was lost. */
  async #make(call: Call): Promise<CallResponse> {
    let response: CallResponse | undefined;
    try {
      response = await this.#caller.make(call);
    } catch (error) {
      if (!(error instanceof LostResponseError)) throw error;
      this.ledger.note([{ call, response: undefined } satisfies Happened]);
      throw error;
    }
    this.ledger.note([{ call, response }]);
    return response;
  }

  async #waitForReconciliation(session: string): Promise<void> {
    const deadline = performance.now() + RECONCILIATION_LIMIT_MS;
    while (this.#isDue()) {
      if (performance.now() > deadline)
        throw new Error(`${session} was not reconciled within ${RECONCILIATION_LIMIT_MS} ms.`);
      await new Promise((resolve) => setTimeout(resolve, POLL_MS));
      await this.#make({ do: "read session", app: this.#app, session });
    }
  }

  /** Whether a session may have ended without being reconciled. */
  #isDue(): boolean {
    return this.ledger.states.some(({ apps }) => (apps[this.#app]?.due.length ?? 0) > 0);
  }

  /** Drops history that no longer matters, so that a long run does not grow. */
  #forget(): void {
    const last = this.#session;
    this.ledger.forgetCalls();
    this.ledger.states = this.ledger.states.map((state) => {
      const app = state.apps[this.#app];
      if (app === undefined) return state;
      const started = app.started.filter((name) => name === last || isOpen(state.sessions[name]));
      const sessions = Object.fromEntries(started.map((name) => [name, state.sessions[name] as Session]));
      return { ...state, sessions, apps: { [this.#app]: { ...app, started } } };
    });
  }
}

function isOpen(session: Session | undefined): boolean {
  return session?.stage === "open";
}

/** Groups, then pages of accounts that overlap those of other sessions; some are sent twice. */
function drawPages(): Page[] {
  const version = Math.floor(Math.random() * 3);
  const teams = Array.from({ length: draw(20) }, (_, index) => ({ id: `g${index}`, name: `Team ${index}` }));
  const pages: Page[] = [{ slug: "team", records: teams }];
  const first = draw(DIFFERENT_IDS);
  for (let page = 0; page < draw(MOST_PAGES); page++) {
    const records = Array.from({ length: PAGE_SIZE }, (_, index) => {
      const id = `u${(first + page * PAGE_SIZE + index) % DIFFERENT_IDS}`;
      return { id, email: `${id}-${version}@example.com`, memberships: { team: [{ id: `g${index % 30}` }] } };
    });
    pages.push({ slug: "account", records });
    if (Math.random() < 0.05) pages.push({ slug: "account", records });
  }
  return pages;
}

function draw(below: number): number {
  return 1 + Math.floor(Math.random() * below);
}
