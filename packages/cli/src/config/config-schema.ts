import type { Connector } from "@bridgekit/core";
import { Cron } from "croner";
import { z } from "zod";

const connector = z.custom<Connector>(
  (value) => typeof value === "object" && value !== null && "resourceTypes" in value && "sync" in value,
  { error: "must be a connector, made by defineConnector" },
);

/** Tasks of one app that are executed at a time. */
const MOST_TASKS = 16;

/** The lowest that the published guide allows. */
const FASTEST_POLL_SECONDS = 10;

const cron = z.string().refine(isCron, 'must be a cron expression, such as "0 3 * * *" for three every night');

const rhythm = {
  syncEverySeconds: z.number().min(1).optional(),
  syncCron: cron.optional(),
  pollSeconds: z.number().min(FASTEST_POLL_SECONDS).optional(),
};
/** How long and how often something is waited for or tried; what is absent is as core has it. */
const patience = {
  reconcileTimeoutSeconds: z.number().positive().optional(),
  taskConcurrency: z.int().min(1).max(MOST_TASKS).optional(),
  taskTimeoutSeconds: z.number().positive().optional(),
  taskRetrySeconds: z.number().min(0).optional(),
  recurringAfterRuns: z.int().min(1).optional(),
};
const hasOneRhythm = ({ syncEverySeconds, syncCron }: { syncEverySeconds?: unknown; syncCron?: unknown }) =>
  syncEverySeconds === undefined || syncCron === undefined;
const ONE_RHYTHM = "has syncEverySeconds and syncCron both; give one of them";

const bridge = z.strictObject({ url: z.string().optional(), apiKey: z.string().optional() });
const appRun = z.strictObject({ ...rhythm, ...patience });
const app = z.strictObject({
  connector,
  config: z.unknown(),
  name: z.string().min(1).max(255).optional(),
  id: z.uuid().optional(),
  cloneFrom: z.string().optional(),
  run: appRun.refine(hasOneRhythm, ONE_RHYTHM).optional(),
});
const health = z.strictObject({ port: z.int().min(0).max(65_535), host: z.string().min(1).default("127.0.0.1") });
const run = z.strictObject({
  ...rhythm,
  ...patience,
  fullEverySeconds: z.number().min(0).default(86_400),
  concurrentSyncs: z.int().min(1).default(4),
  stallSeconds: z.number().min(1).default(1800),
  graceSeconds: z.number().min(0).default(30),
  health: health.optional(),
});

export const configSchema = z.strictObject({
  bridge: bridge.optional(),
  apps: z
    .record(z.string().regex(/^[a-z0-9][a-z0-9_-]*$/i, "a key of apps is made of letters, digits, - and _"), app)
    .refine((apps) => Object.keys(apps).length > 0, "must have at least one app"),
  run: run.refine(hasOneRhythm, ONE_RHYTHM).prefault({}),
  stateDir: z.string().min(1).default(".bridge"),
});

export type LoadedConfig = z.infer<typeof configSchema>;
export type LoadedApp = LoadedConfig["apps"][string];

/** The settings of one app: its own where it has them, else those of all. */
export function settingsOf({ apps, run }: Pick<LoadedConfig, "apps" | "run">, key: string): LoadedConfig["run"] {
  const own = Object.entries(apps[key]?.run ?? {}).filter(([, value]) => value !== undefined);
  return { ...run, ...Object.fromEntries(own) };
}

/** The keys that are allowed at a path, for the message about one that is not. */
export function allowedKeys(path: readonly PropertyKey[]): string[] {
  // The key of an app is the user's own.
  const place = path.filter((_, index) => path[0] !== "apps" || index !== 1).join(".");
  const schemas = { "": configSchema, bridge, apps: app, "apps.run": appRun, run, "run.health": health };
  return Object.hasOwn(schemas, place) ? Object.keys(schemas[place as keyof typeof schemas].shape) : [];
}

function isCron(text: string): boolean {
  try {
    return new Cron(text, { paused: true }).nextRun() !== null;
  } catch {
    return false;
  }
}
