import { expectedResponses, explain, type Happened, settle } from "./explain.ts";
import { type Answer, type Call, NOTHING, type Page, type State } from "./state.ts";

const TOLD_CALLS = 60;
const TOLD_CHARACTERS = 1_000;

/** Everything that was asked of a Bridge and answered, and the states that explain it. */
export class Ledger {
  states: readonly State[] = [NOTHING];
  readonly happened: Happened[] = [];
  /** How many answers were explained by more than one state at that time. */
  openResponses = 0;
  readonly #owner: string;

  constructor(owner: string) {
    this.#owner = owner;
  }

  /** Writes down calls that were made at the same time. Throws all that went before where no state explains them. */
  note(happened: readonly Happened[]): void {
    this.happened.push(...happened);
    const states = explain(this.states, happened);
    if (states.length === 0) throw new Error(this.#describe(happened));
    if (states.length > 1) this.openResponses++;
    this.states = states;
  }

  /** Everything that was due has been reconciled. */
  noteSettled(): void {
    this.states = settle(this.states);
  }

  /** Forgets the calls so far; what is true stays. */
  forgetCalls(): void {
    this.happened.length = 0;
  }

  #describe(last: readonly Happened[]): string {
    const told = this.happened.slice(-TOLD_CALLS);
    return [
      `${this.#owner}: an answer breaks the protocol. The calls and their answers, the last one broken:`,
      ...told.map(({ call, answer }) => `  ${describeCall(call)} -> ${describeResponse(answer)}`),
      "What it could be:",
      ...last.flatMap(({ call }) => expectedResponses(this.states, call).map((each) => `  ${describeResponse(each)}`)),
    ].join("\n");
  }
}

function describeCall({ do: name, ...details }: Call): string {
  const words = Object.entries(details).map(([field, value]) => {
    if (field === "page") return describePage(value as Page);
    return typeof value === "string" ? value : JSON.stringify(value);
  });
  return [name, ...words].join(" ");
}

function describePage({ slug, records }: Page): string {
  if (records.length <= 5) return `${slug} ${JSON.stringify(records)}`;
  return `${slug} ${records.length} records from ${records[0]?.id} to ${records.at(-1)?.id}`;
}

function describeResponse(answer: Answer | undefined): string {
  if (answer === undefined) return "lost";
  const body = JSON.stringify(answer.body ?? "");
  return `${answer.status} ${body.length > TOLD_CHARACTERS ? `${body.slice(0, TOLD_CHARACTERS)}...` : body}`;
}
