import { toAppBody, toRecordsBody, toSessionBody, toStatus } from "./bodies.ts";
import { reconcile, suspicious } from "./reconcile.ts";
import { anything, between } from "./rough.ts";
import type { CallResponse, App, Call, Guard, Kind, Page, Session, State, Table } from "./state.ts";

/** A possible response to a call, and the state after it. */
export interface Outcome {
  response: CallResponse;
  state: State;
}

type StartCall = Extract<Call, { do: "start" }>;
/** A call that needs an existing session. */
type SessionCall = Exclude<Extract<Call, { session: string }>, StartCall>;

const DEFAULT_GUARD: Guard = { max_share: 0.2, min_count: 10 };
const MOST_RECORDS = 100;

/**
 * The protocol as a program: sessions, the removal guard, clones and resource types, without storage, time or
 * background work. It follows the protocol's text and knows nothing of the server. If the protocol leaves something
 * open, there is more than one outcome.
 */
export function perform(state: State, call: Call): Outcome[] {
  if (call.do === "create app") return createApp(state, call);
  const app = state.apps[call.app];
  if (app === undefined) return respond(state, 404);
  const types = state.groups[app.group] ?? {};

  switch (call.do) {
    case "register type": {
      if (types[call.slug] !== undefined) return respond(state, 409);
      const groups = { ...state.groups, [app.group]: { ...types, [call.slug]: call.kind } };
      return respond({ ...state, groups }, 201);
    }
    case "set guard": {
      const guarded = { ...app, guard: call.guard };
      return respond(withApp(state, call.app, guarded), 200, toAppBody(guarded));
    }
    case "read app":
      return respond(state, 200, toAppBody(app));
    case "read records": {
      const kind = types[call.slug];
      return kind === undefined ? respond(state, 404) : respond(state, 200, toRecordsBody(app.live[call.slug], kind));
    }
    case "start":
      return respond(start(state, app, call), 201);
    default: {
      const session = state.sessions[call.session];
      if (session === undefined || session.app !== call.app) return respond(state, 404);
      return performOn(session, state, call, types);
    }
  }
}

function performOn(session: Session, state: State, call: SessionCall, types: Table<Kind>): Outcome[] {
  const { stage, end } = session;
  switch (call.do) {
    case "read session": {
      const body = toSessionBody(session, types);
      if (stage !== "overtaken") return respond(state, 200, body);
      // Open: whether it shows that it was held or that the newer start discarded it.
      return [...respond(state, 200, body), ...respond(state, 200, { status: "abandoned", progress: anything })];
    }

    case "push": {
      // Open: which of several faults is reported.
      const faults = [...(stage === "open" ? [] : [409]), ...findFaults(call.page, types)];
      if (faults.length > 0) return faults.flatMap((status) => respond(state, status));
      const { slug, records } = call.page;
      const known = records.flatMap(({ id }) => (session.liveAtStart[slug]?.[id]?.isStub === false ? [id] : []));
      // Open: whether a record that continues another one of its page counts again.
      const isOpen = new Set(known).size < known.length;
      const updated = isOpen ? between(new Set(known).size, known.length) : known.length;
      const created = isOpen ? anything : records.length - known.length;
      const body = { total: records.length, created, updated };
      return respond(withSession(state, call.session, { pages: [...session.pages, call.page] }), 200, body);
    }

    case "complete": {
      if (stage === "open") return respond(toDue(state, call, { end: "complete" }), 202, { status: "completing" });
      // The response may have been lost.
      const isRepeated = end === "complete" && (stage === "due" || stage === "reconciled");
      return isRepeated ? respond(state, 202, { status: toStatus(session) }) : respond(state, 409);
    }

    case "abandon":
      if (stage === "open") return respond(toDue(state, call, { end: "abandon" }), 204);
      // Open: whether a session that was completed, held and discarded counts as abandoned.
      if (end === "complete" && (stage === "discarded" || stage === "replaced"))
        return [...respond(state, 204), ...respond(state, 409)];
      return respond(state, end === "abandon" ? 204 : 409);

    case "confirm":
      if (stage !== "held") return respond(state, 409);
      return respond(toDue(state, call, { isConfirmed: true }), 202, { status: "completing" });

    case "discard":
      if (stage === "held") return respond(withSession(state, call.session, { stage: "discarded" }), 204);
      // Open: the newer start discards it too.
      return stage === "overtaken" ? [...respond(state, 204), ...respond(state, 409)] : respond(state, 409);
  }
}

function createApp(state: State, { app: name, cloneOf }: Extract<Call, { do: "create app" }>): Outcome[] {
  const source = cloneOf === undefined ? undefined : state.apps[cloneOf];
  if (cloneOf !== undefined && source === undefined) return respond(state, 404);
  const group = source?.group ?? name;
  const app: App = { group, guard: DEFAULT_GUARD, isConfigured: false, live: {}, started: [], due: [] };
  const groups = { ...state.groups, [group]: state.groups[group] ?? {} };
  return respond(withApp({ ...state, groups }, name, app), 201, toAppBody(app));
}

/** A newer session replaces open and held ones; due ones are reconciled all the same. */
function start(state: State, app: App, { app: appName, session: name }: StartCall): State {
  const isReplaced = (old: string) => ["open", "held"].includes(state.sessions[old]?.stage ?? "");
  let next = withApp(state, appName, { ...app, started: [...app.started, name] });
  for (const old of app.started) if (isReplaced(old)) next = withSession(next, old, { stage: "replaced" });
  const stage = "open";
  const session: Session = {
    app: appName,
    liveAtStart: app.live,
    pages: [],
    isConfirmed: false,
    stage,
    counts: {},
    losses: [],
  };
  return { ...next, sessions: { ...next.sessions, [name]: session } };
}

/** Makes a session the last due one. */
function toDue(state: State, { app: appName, session }: SessionCall, changed: Partial<Session>): State {
  const app = state.apps[appName] as App;
  const next = withApp(state, appName, { ...app, due: [...app.due, session] });
  return withSession(next, session, { ...changed, stage: "due" });
}

/** Reconciles the due session of the app that ended first: all of it, or nothing if the guard holds it. */
export function reconcileNext(state: State, appName: string): State {
  const app = state.apps[appName] as App;
  const [name, ...due] = app.due as [string, ...string[]];
  const session = state.sessions[name] as Session;
  const reconciled = reconcile(app.live, session);
  const { live, counts } = reconciled;
  const losses = session.isConfirmed ? [] : suspicious(app.live, { reconciled, end: session.end }, app.guard);
  if (losses.length > 0) {
    const stage = app.started.at(-1) === name ? "held" : "overtaken";
    return withSession(withApp(state, appName, { ...app, due }), name, { stage, losses });
  }
  const isConfigured = app.isConfigured || session.end === "complete";
  return withSession(withApp(state, appName, { ...app, due, live, isConfigured }), name, {
    stage: "reconciled",
    counts,
  });
}

/** The statuses with which a page may be refused, one for each of its faults. */
function findFaults({ slug, records }: Page, types: Table<Kind>): number[] {
  if (types[slug] === undefined) return [404];
  const hasTooMany = records.length > MOST_RECORDS;
  const isAccount = types[slug] === "account";
  const hasTwice = records.some(({ id, continues }, index) => {
    const mayRepeat = isAccount && continues === true;
    return !mayRepeat && records.slice(0, index).some((other) => other.id === id);
  });
  if (!isAccount) return [...(hasTooMany ? [400] : []), ...(hasTwice ? [422] : [])];
  const hasNameless = records.some(({ email, username }) => email === undefined && username === undefined);
  const isMisled = records.some(({ memberships, assignments, unknown_refs: unknown = [] }) => {
    if (!(unknown as string[]).every((target) => ["group", "license"].includes(types[target] ?? ""))) return true;
    const groups = Object.keys(memberships ?? {}).every((target) => types[target] === "group");
    return !groups || Object.keys(assignments ?? {}).some((target) => types[target] !== "license");
  });
  return [...(hasTooMany || hasNameless ? [400] : []), ...(hasTwice || isMisled ? [422] : [])];
}

function respond(state: State, status: number, body?: unknown): Outcome[] {
  return [{ response: { status, ...(body !== undefined && { body }) }, state }];
}

function withApp(state: State, name: string, app: App): State {
  return { ...state, apps: { ...state.apps, [name]: app } };
}

function withSession(state: State, name: string, changed: Partial<Session>): State {
  const session = { ...(state.sessions[name] as Session), ...changed };
  return { ...state, sessions: { ...state.sessions, [name]: session } };
}
