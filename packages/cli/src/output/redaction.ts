import type { Redact } from "@bridgekit/core/run";

/** Masks the secrets of all apps in the output of a command. */
export interface Redaction {
  /** Replaces the app's previous redactor; an app may be opened repeatedly. */
  set(app: string, redact: Redact): void;
  redact: Redact;
}

/** `own` masks the secrets that belong to no app. */
export function createRedaction(own: Redact): Redaction {
  const byApp = new Map<string, Redact>();
  return {
    set: (app, redact) => void byApp.set(app, redact),
    redact: (text) => [...byApp.values()].reduce((clean, redact) => redact(clean), own(text)),
  };
}
