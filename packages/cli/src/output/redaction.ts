import type { Redact } from "@bridgekit/core";

/** Masks the secrets of all that was added, in whatever a command shows. */
export interface Redaction {
  add(redact: Redact): void;
  redact: Redact;
}

export function createRedaction(): Redaction {
  const redacts: Redact[] = [];
  return {
    add: (redact) => void redacts.push(redact),
    redact: (text) => redacts.reduce((clean, redact) => redact(clean), text),
  };
}
