import type { Backend } from "./backend.ts";
import { Caller } from "./caller.ts";
import type { Happened } from "./explain.ts";
import { Ledger } from "./ledger.ts";
import { backwards } from "./refs.ts";
import type { CallResponse, Call, Page, Session } from "./state.ts";
import type { ClientStep, Sequence, Step } from "./step.ts";

const FIRST_APP = "a0";
const TYPES = [
  { slug: "account", kind: "account" },
  { slug: "team", kind: "group" },
  { slug: "seat", kind: "license" },
] as const;
const MOST_APPS = 3;

/** Plays a sequence on a Bridge in new apps. Throws the calls and responses if they break the protocol. */
export async function play(backend: Backend, { guard, clones, steps }: Sequence): Promise<Ledger> {
  const player = new Player(backend);
  await player.make([{ do: "create app", app: FIRST_APP }]);
  for (const type of TYPES) await player.make([{ do: "register type", app: FIRST_APP, ...type }]);
  await player.make([{ do: "set guard", app: FIRST_APP, guard }]);
  for (let clone = 0; clone < clones; clone++) await player.take({ do: "clone", app: 0 });
  for (const step of steps) await player.take(step);
  for (const app of player.apps) {
    await player.settle(app);
    await player.make([{ do: "read app", app }]);
  }
  return player.ledger;
}

class Player {
  readonly ledger: Ledger;
  readonly apps: string[] = [];
  readonly #backend: Backend;
  readonly #caller: Caller;
  readonly #sessions: { app: string; name: string; pages: Page[]; isOver: boolean }[] = [];
  #names = 0;

  constructor(backend: Backend) {
    this.#backend = backend;
    this.#caller = new Caller(backend.send);
    this.ledger = new Ledger(backend.kind);
  }

  async take(step: Step): Promise<void> {
    switch (step.do) {
      case "at once":
        return this.make(step.steps.flatMap((each) => this.#toCall(each) ?? []));
      case "settle":
        return this.settle(this.#app(step.app));
      case "restart":
        return this.#backend.restart();
      case "crash":
        return this.#crash(this.#toCall(step.during), step.afterMs);
      default: {
        const call = this.#toCall(step);
        return call === undefined ? undefined : this.make([call]);
      }
    }
  }

  /** Makes simultaneous calls and explains their responses. */
  async make(calls: readonly Call[]): Promise<void> {
    const responses = await Promise.all(calls.map((call) => this.#caller.make(call)));
    this.#note(calls.map((call, index) => ({ call, response: responses[index] })));
  }

  async settle(app: string): Promise<void> {
    await this.#backend.whenReconciled();
    this.ledger.noteSettled();
    for (const { slug } of TYPES) await this.make([{ do: "read records", app, slug }]);
    for (const session of this.#sessions.filter((each) => each.app === app && !each.isOver)) {
      await this.make([{ do: "read session", app, session: session.name }]);
      // Ended sessions stay as they are, and were checked.
      session.isOver = this.ledger.states.every((state) => isOver(state.sessions[session.name]));
    }
  }

  async #crash(during: Call | undefined, afterMs: number): Promise<void> {
    let response: CallResponse | undefined;
    let isDead = false;
    const made = during && this.#caller.make(during).then((arrived) => isDead || (response = arrived));
    // An abandoned Bridge responds late or never; nobody waits for it.
    made?.catch(() => {});
    // At once means before the server has done anything, however fast it is.
    if (afterMs > 0) await new Promise((resolve) => setTimeout(resolve, afterMs));
    isDead = true;
    await this.#backend.crash();
    if (during !== undefined) this.#note([{ call: during, response }]);
  }

  #note(happened: readonly Happened[]): void {
    this.ledger.note(happened);
    for (const { call, response } of happened) this.#remember(call, response);
  }

  #remember(call: Call, response: CallResponse | undefined): void {
    if (call.do === "create app" && response?.status === 201) this.apps.push(call.app);
    if (call.do === "start" && response?.status === 201)
      this.#sessions.push({ app: call.app, name: call.session, pages: [], isOver: false });
    if (call.do === "push") this.#sessions.find(({ name }) => name === call.session)?.pages.push(call.page);
  }

  #app(index: number): string {
    return this.apps[index % this.apps.length] ?? FIRST_APP;
  }

  /** The step as a call; undefined if its subject does not exist yet. */
  #toCall(step: ClientStep): Call | undefined {
    const app = this.#app(step.app);
    switch (step.do) {
      case "read app":
        return { do: step.do, app };
      case "register type":
        return { do: step.do, app, slug: "role", kind: "group" };
      case "clone":
        return this.apps.length < MOST_APPS ? { do: "create app", app: `a${++this.#names}`, cloneOf: app } : undefined;
      case "read records":
        return { do: step.do, app, slug: step.slug };
      case "set guard":
        return { do: step.do, app, guard: step.guard };
      case "start":
        return { do: step.do, app, session: `s${++this.#names}` };
      default:
        return this.#toSessionCall(step, app);
    }
  }

  #toSessionCall(step: Extract<ClientStep, { back: number }>, app: string): Call | undefined {
    const isForeign = step.do === "read foreign session";
    const sessions = this.#sessions.filter((session) => (session.app === app) !== isForeign);
    const session = sessions.at(-1 - (step.back % Math.max(1, sessions.length)));
    if (session === undefined) return undefined;
    const { name, pages } = session;
    switch (step.do) {
      case "push":
        return { do: "push", app, session: name, page: step.page };
      case "resend": {
        const page = pages[step.nth % Math.max(1, pages.length)];
        return page && { do: "push", app, session: name, page };
      }
      case "pushAgain": {
        const pushed = sessions.flatMap((each) => each.pages);
        const page = pushed.at(-1 - (step.nth % Math.max(1, pushed.length)));
        return page && { do: "push", app, session: name, page: { ...page, records: page.records.map(backwards) } };
      }
      case "read foreign session":
        return { do: "read session", app, session: name };
      default:
        return { do: step.do, app, session: name };
    }
  }
}

function isOver(session: Session | undefined): boolean {
  return session !== undefined && ["reconciled", "replaced", "discarded"].includes(session.stage);
}
