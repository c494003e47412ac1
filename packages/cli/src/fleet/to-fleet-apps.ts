import type { DeletedApp, FleetApp, FleetLimits, OpenedFleetApp, RunReport } from "@bridgekit/fleet";
import { AppDeletedError } from "../apps/app-deleted-error.ts";
import { createDirectory } from "../apps/app-directory.ts";
import { connectApp, openApp } from "../apps/open-apps.ts";
import { runAppTasks } from "../apps/run-app-tasks.ts";
import type { SyncEnd } from "../apps/sync-app.ts";
import type { LoadedApp } from "../config/config-schema.ts";
import type { ConfiguredCommand } from "../commands/session.ts";
import type { RunReporter } from "../output/reporter.ts";
import { createAppStatus, trackStatus, type AppStatus } from "../run/app-status.ts";
import { currentApp } from "../run/current-app.ts";
import { createSchedule } from "../run/schedule.ts";
import { syncOnce } from "../run/sync-once.ts";
import { digestCredential, findUpstreamHost } from "./describe-system.ts";

interface FleetTools {
  reporter: RunReporter;
  limits: FleetLimits;
  /** Keys are unique within one config only. */
  isOnlyConfig: boolean;
}

/** An app as the fleet runs it, and its state in this process. */
interface OwnApp {
  app: FleetApp;
  status: AppStatus;
}

/** The apps of a config for a fleet. Each run connects, so a changed secret is read by the next one. */
export function toFleetApps(configured: ConfiguredCommand, tools: FleetTools): OwnApp[] {
  const { config, bridge } = configured;
  const org = config.bridge.url.replace(/\/+$/, "");
  const directory = createDirectory(bridge, config.apps, { hasOthers: true });
  return Object.entries(config.apps).map((entry) => {
    const [key, app] = entry;
    const { name = key } = app;
    const status = createAppStatus(tools.isOnlyConfig ? key : `${org.slice(org.lastIndexOf("/") + 1)}/${key}`, name);
    status.state = "idle";
    const reporter = trackStatus(status, tools.reporter);
    const credential = digestCredential(app, config.bridge.apiKey);
    const open = async (fedAs: string | null): Promise<OpenedFleetApp | DeletedApp> => {
      const shared = { ...configured, directory, reporter, limits: tools.limits, credential, status };
      try {
        return await openFleetApp(entry, fedAs, shared);
      } catch (error) {
        const message = configured.redaction.redact((error as Error).message);
        const deleted =
          `${message}. \`bridgekit fleet resume ${key}\` creates it again; or remove apps.${key} from ${config.shown}. If ` +
          `somebody else creates it, the next sync finds it.`;
        const isDeleted = error instanceof AppDeletedError;
        reporter.failed(isDeleted ? deleted : message, name);
        if (isDeleted) return { deleted };
        throw error;
      }
    };
    return {
      app: {
        org,
        key,
        name,
        zone: app.run?.zone ?? config.run.zone ?? "default",
        connector: app.connector.name,
        upstreamHost: findUpstreamHost(app),
        credential,
        schedule: createSchedule(config, key),
        open: (fedAs) => currentApp.run(status, () => open(fedAs)),
      },
      status,
    };
  });
}

interface OpenTools extends ConfiguredCommand, Pick<FleetTools, "reporter" | "limits"> {
  directory: ReturnType<typeof createDirectory>;
  credential: string;
  status: AppStatus;
}

async function openFleetApp(
  entry: readonly [string, LoadedApp],
  fedAs: string | null,
  tools: OpenTools,
): Promise<OpenedFleetApp> {
  const { config, bridge, redaction, directory, reporter, limits, credential, status } = tools;
  const connected = await connectApp(entry, {
    shown: config.shown,
    redaction,
    loggerOf: (name) => reporter.loggerOf(name),
    sharedLimit: limits.of(credential),
  });
  const app = await openApp(connected, bridge, directory, fedAs);
  status.appId = app.appId;
  return {
    appId: app.appId,
    sync: (sync) =>
      currentApp.run(status, async () => {
        let failure: string | undefined;
        const listening: RunReporter = {
          ...reporter,
          failed(message, name) {
            failure = redaction.redact(message);
            reporter.failed(message, name);
          },
        };
        const end = await syncOnce(app, { config, bridge, reporter: listening, ...sync });
        return toReport(end, failure);
      }),
    tasks: (tasks) =>
      currentApp.run(status, async () => {
        const counts = await runAppTasks(app, {
          config,
          bridge,
          until: "idle",
          onOutcome: (task, outcome) => reporter.taskEnded(app.name, task, outcome),
          ...tasks,
        });
        return { isGood: true, note: `${counts.completed} completed, ${counts.failed} failed` };
      }),
    [Symbol.asyncDispose]: async () => {},
  };
}

/** A partial sync is no failure until the same reason recurs. */
function toReport(end: SyncEnd, failure: string | undefined): RunReport {
  const isGood = end === "completed" || end === "updated" || end === "abandoned";
  return { isGood, isFinal: end !== "failed", note: failure === undefined ? end : `${end}: ${failure}` };
}
