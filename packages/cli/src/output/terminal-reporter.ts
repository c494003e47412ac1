import type { Incomplete, Redact, SyncResult } from "@bridgekit/core/run";
import { createLogUpdate } from "log-update";
import colors from "picocolors";
import { renderApps, type LiveApp } from "./live-apps.ts";
import { createPlainReporter } from "./plain-reporter.ts";
import { progressBar } from "./progress-bar.ts";
import { toLogger, type RunReporter } from "./reporter.ts";
import { toPlain } from "./to-plain.ts";

const REDRAW_MS = 80;

/** Writes lines as in a log, and below them one live line per app that runs or waits. */
export function createTerminalReporter(
  stream: NodeJS.WriteStream,
  { redact, isVerbose = false }: { redact: Redact; isVerbose?: boolean | undefined },
): RunReporter {
  const live = createLogUpdate(stream);
  // An app keeps its place; undefined while it has no line.
  const apps = new Map<string, LiveApp | undefined>();
  const totals = new Map<string, Readonly<Record<string, number>>>();
  const lastResults = new Map<string, string>();
  const problems = new Map<string, string>();
  const incomplete = new Map<string, Incomplete | undefined>();
  let redraw: NodeJS.Timeout | undefined;

  const draw = () => {
    const shown = new Map([...apps].filter((entry): entry is [string, LiveApp] => entry[1] !== undefined));
    live(redact(renderApps(shown, { columns: stream.columns, rows: stream.rows })));
  };
  const drawSoon = () => {
    redraw ??= setTimeout(() => {
      redraw = undefined;
      draw();
    }, REDRAW_MS).unref();
  };
  const show = (app: string, line: LiveApp | undefined) => {
    apps.set(app, line);
    drawSoon();
  };
  stream.on("resize", drawSoon);
  const paint = { app: colors.cyan, failure: colors.red };
  const lines = createPlainReporter((line) => live.persist(redact(line)), paint);

  const reporter: RunReporter = {
    ...lines,
    syncExpected: (app, counts) => void totals.set(app, counts),
    syncScheduled(app, at) {
      const problem = problems.get(app);
      const last = lastResults.get(app);
      // The time comes first because the rest may not fit.
      if (problem !== undefined) show(app, plainLine("failing", `next sync at ${toClock(at)}; ${problem}`));
      else if (last === undefined) show(app, plainLine("idle", `first sync at ${toClock(at)}`));
      else {
        const since = incomplete.get(app)?.since;
        const text = `next sync at ${toClock(at)}; ${since ? `incomplete since ${toClock(new Date(since))}; ` : ""}${last}`;
        show(app, plainLine(since ? "incomplete" : "idle", text));
      }
    },
    syncQueued: (app) => show(app, plainLine("waiting", "waiting for other syncs to end")),
    syncStarted: (app) => show(app, plainLine("syncing", "reading ...")),
    syncProgress(app, slug, pushed) {
      const total = totals.get(app)?.[slug];
      show(app, { state: "syncing", describe: (columns) => progressBar(slug, pushed, total, columns) });
    },
    syncEnded(app, result) {
      problems.delete(app);
      lastResults.set(app, summarize(result));
      incomplete.set(app, result.incomplete);
      totals.set(app, result.pushed);
      show(app, undefined);
      lines.syncEnded(app, result);
    },
    syncStopped(app, message) {
      show(app, undefined);
      lines.syncStopped(app, message);
    },
    openFailed(app, message, nextTry) {
      show(app, plainLine("failing", `next try at ${toClock(nextTry)}; ${message}`));
      lines.failed(message, app);
    },
    failed(message, app) {
      if (app !== undefined) {
        problems.set(app, message);
        show(app, undefined);
      }
      lines.failed(message, app);
    },
    loggerOf: (app) => toLogger(reporter, app, isVerbose),
    close() {
      clearTimeout(redraw);
      stream.off("resize", drawSoon);
      live.clear();
      live.done();
    },
  };
  return reporter;
}

function plainLine(state: LiveApp["state"], text: string): LiveApp {
  return { state, describe: () => toPlain(text).replaceAll(/ +/g, " ") };
}

function summarize({ status, pushed }: SyncResult): string {
  const counts = Object.entries(pushed).map(([slug, count]) => `${count.toLocaleString("en")} ${slug}`);
  return `last ${status}: ${counts.join(", ")}`;
}

/** The time of day, and the date if it is not today. */
function toClock(date: Date): string {
  const time = date.toLocaleTimeString("en-GB");
  return date.toDateString() === new Date().toDateString() ? time : `${time} on ${date.toLocaleDateString("en-CA")}`;
}
