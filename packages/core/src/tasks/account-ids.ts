import type { EndedEntry, Journal, JournalEntry } from "../state/journal.ts";

/**
 * Maps the requested id of a created account to the real id that the system assigned. A task may name either. The journal
 * keeps the mapping with the task that created the account.
 */
export interface AccountIds {
  /** Returns the id that the system knows. */
  resolve(id: string): string;
  /** Adds the mapping of a task that created an account. */
  learn(entry: EndedEntry): void;
  /** Removes the mapping of a deleted account: its requested id may be used for another one. */
  forget(realId: string): Promise<void>;
  /** Removes a mapping because another account has the requested id. */
  forgetRequested(desiredId: string): Promise<void>;
}

// As many as a journal keeps.
const MAX_IDS = 10_000;

export function createAccountIds(journal: Journal): AccountIds {
  const byRequested = new Map<string, string>();

  function learn({ desiredId, outcome }: EndedEntry): void {
    const realId = outcome.result?.account?.id;
    if (desiredId === undefined || realId === undefined) return;
    byRequested.delete(desiredId);
    byRequested.set(desiredId, realId);
    if (byRequested.size > MAX_IDS) byRequested.delete(byRequested.keys().next().value!);
  }

  async function forgetRequested(desiredId: string): Promise<void> {
    if (!byRequested.delete(desiredId)) return;
    // Also in earlier entries with the same requested id, which would be learned when the journal is opened again.
    const entries = [...journal.entries()].filter((entry) => "desiredId" in entry && entry.desiredId === desiredId);
    for (const { desiredId: _, ...rest } of entries as (JournalEntry & { desiredId?: string })[])
      await journal.write(rest);
  }

  for (const entry of journal.entries()) if (entry.state !== "intent") learn(entry);
  return {
    resolve: (id) => byRequested.get(id) ?? id,
    learn,
    async forget(realId) {
      for (const [desiredId, id] of byRequested) if (id === realId) await forgetRequested(desiredId);
    },
    forgetRequested,
  };
}
