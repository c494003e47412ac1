import type { Connector } from "@bridgekit/core";
import { Cron } from "croner";
import { z } from "zod";
import { isSecret, type Secret } from "../secrets/secret.ts";

const connector = z.custom<Connector>(
  (value) => typeof value === "object" && value !== null && "resourceTypes" in value && "sync" in value,
  { error: "must be a connector created by defineConnector" },
);

const secret = z.custom<Secret>(isSecret, { error: "must be a text, or a reference such as secretFromFile(PATH)" });

const MAX_TASK_CONCURRENCY = 16;

/** From the published protocol. */
const MIN_POLL_SECONDS = 10;

const cron = z.string().refine(isCron, 'must be a cron expression, such as "0 3 * * *" for every night at three');

const rhythm = {
  syncEverySeconds: z.number().min(1).optional(),
  syncCron: cron.optional(),
  pollSeconds: z.number().min(MIN_POLL_SECONDS).optional(),
};
/** Time limits and retries; core has the defaults. */
const patience = {
  reconcileTimeoutSeconds: z.number().positive().optional(),
  taskConcurrency: z.int().min(1).max(MAX_TASK_CONCURRENCY).optional(),
  taskTimeoutSeconds: z.number().positive().optional(),
  taskRetrySeconds: z.number().min(0).optional(),
  recurringAfterRuns: z.int().min(1).optional(),
};
const place = {
  zone: z
    .string()
    .regex(/^[a-z0-9][a-z0-9_-]{0,62}$/i, "a zone may have up to 63 letters, digits, - and _")
    .optional(),
};
const hasOneRhythm = ({ syncEverySeconds, syncCron }: { syncEverySeconds?: unknown; syncCron?: unknown }) =>
  syncEverySeconds === undefined || syncCron === undefined;
const ONE_RHYTHM = "has both syncEverySeconds and syncCron; give only one";

const bridge = z.strictObject({ url: z.string().optional(), apiKey: z.union([z.string(), secret]).optional() });
const appRun = z.strictObject({ ...rhythm, ...patience, ...place });
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
  ...place,
  fullEverySeconds: z.number().min(0).default(86_400),
  concurrentSyncs: z.int().min(1).default(4),
  stallSeconds: z.number().min(1).default(1800),
  graceSeconds: z.number().min(0).default(30),
  health: health.optional(),
});

export const configSchema = z.strictObject({
  bridge: bridge.optional(),
  apps: z
    .record(z.string().regex(/^[a-z0-9][a-z0-9_-]*$/i, "the key of an app may contain letters, digits, - and _"), app)
    .refine((apps) => Object.keys(apps).length > 0, "must have at least one app"),
  run: run.refine(hasOneRhythm, ONE_RHYTHM).prefault({}),
  stateDir: z.string().min(1).default(".bridge"),
});

export type LoadedConfig = z.infer<typeof configSchema>;
export type LoadedApp = LoadedConfig["apps"][string];

/** Returns the run settings of one app: its own override the common ones. */
export function settingsOf({ apps, run }: Pick<LoadedConfig, "apps" | "run">, key: string): LoadedConfig["run"] {
  const own = Object.entries(apps[key]?.run ?? {}).filter(([, value]) => value !== undefined);
  return { ...run, ...Object.fromEntries(own) };
}

/** Returns the keys allowed at a path, for messages about unknown keys. */
export function allowedKeys(path: readonly PropertyKey[]): string[] {
  // Drops the key of an app, which the user chooses.
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
