import type { Journal, JournalEntry } from "../journal/journal.ts";

/**
 * Which id an account really got that was created under another one. A task may name either. Kept in the journal, with
 * the task that created the account.
 */
export interface AccountIds {
  /** The id that the system knows. */
  resolve(id: string): string;
  /** Takes in what an entry says of a created account. */
  learn(entry: JournalEntry): void;
  /** The account is deleted: the id that was wished for may be given to another one. */
  forget(realId: string): Promise<void>;
  /** Another account has the id that was wished for. */
  forgetWish(desiredId: string): Promise<void>;
}

// As many as a journal keeps.
const MOST = 10_000;

export function createAccountIds(journal: Journal): AccountIds {
  const byDesired = new Map<string, string>();

  function learn(entry: JournalEntry): void {
    if (entry.state === "intent" || entry.desiredId === undefined) return;
    const realId = entry.outcome.result?.account?.id;
    if (realId === undefined) return;
    byDesired.delete(entry.desiredId);
    byDesired.set(entry.desiredId, realId);
    if (byDesired.size > MOST) byDesired.delete(byDesired.keys().next().value!);
  }

  async function drop(desiredId: string): Promise<void> {
    if (!byDesired.delete(desiredId)) return;
    // Earlier ones that wished for the same would be learned anew when the journal is opened again.
    const wishes = [...journal.entries()].filter((entry) => "desiredId" in entry && entry.desiredId === desiredId);
    for (const { desiredId: _, ...rest } of wishes as (JournalEntry & { desiredId?: string })[])
      await journal.write(rest);
  }

  for (const entry of journal.entries()) learn(entry);
  return {
    resolve: (id) => byDesired.get(id) ?? id,
    learn,
    async forget(realId) {
      for (const [desiredId, id] of byDesired) if (id === realId) await drop(desiredId);
    },
    forgetWish: drop,
  };
}
