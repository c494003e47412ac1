import type { Connector } from "@bridgekit/core";
import { z } from "zod";

const connector = z.custom<Connector>(
  (value) => typeof value === "object" && value !== null && "resourceTypes" in value && "sync" in value,
  { error: "must be a connector, made by defineConnector" },
);

/** The lowest that the published guide allows. */
const FASTEST_POLL_SECONDS = 10;

export const configSchema = z.strictObject({
  bridge: z.strictObject({ url: z.string().optional(), apiKey: z.string().optional() }).optional(),
  apps: z
    .record(
      z.string().regex(/^[a-z0-9][a-z0-9_-]*$/i, "a key of apps is made of letters, digits, - and _"),
      z.strictObject({
        connector,
        config: z.unknown(),
        name: z.string().min(1).max(255).optional(),
        id: z.uuid().optional(),
        cloneFrom: z.string().optional(),
      }),
    )
    .refine((apps) => Object.keys(apps).length > 0, "must have at least one app"),
  run: z
    .strictObject({
      syncEverySeconds: z.number().min(1).default(3600),
      pollSeconds: z.number().min(FASTEST_POLL_SECONDS).default(30),
      fullEverySeconds: z.number().min(0).default(86_400),
    })
    .prefault({}),
  stateDir: z.string().min(1).default(".bridge"),
});

export type LoadedConfig = z.infer<typeof configSchema>;
export type LoadedApp = LoadedConfig["apps"][string];

/** The keys that are allowed at a path, for the message about one that is not. */
export function allowedKeys(path: readonly PropertyKey[]): string[] {
  const [first, , ...rest] = path;
  if (first === undefined) return Object.keys(configSchema.shape);
  if (first === "bridge") return ["url", "apiKey"];
  if (first === "run") return ["syncEverySeconds", "pollSeconds", "fullEverySeconds"];
  if (first === "apps" && rest.length === 0) return ["connector", "config", "name", "id", "cloneFrom"];
  return [];
}
