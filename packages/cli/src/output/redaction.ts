import type { Redact } from "@bridgekit/core/run";

/** Masks the secrets of all that it knows, in whatever a command shows. */
export interface Redaction {
  /** In place of what masked the secrets of the same app before: one that fails is opened again and again. */
  set(app: string, redact: Redact): void;
  redact: Redact;
}

/** Begins with what masks the secrets that belong to no app. */
export function createRedaction(own: Redact): Redaction {
  const byApp = new Map<string, Redact>();
  return {
    set: (app, redact) => void byApp.set(app, redact),
    redact: (text) => [...byApp.values()].reduce((clean, redact) => redact(clean), own(text)),
  };
}
