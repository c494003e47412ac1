import { expectedResponses, explain, type Happened, settle } from "./explain.ts";
import { type CallResponse, type Call, NOTHING, type Page, type State } from "./state.ts";

const SHOWN_CALLS = 60;
const SHOWN_CHARACTERS = 1_000;

/** All calls to a Bridge with their responses, and the states that explain them. */
export class Ledger {
  states: readonly State[] = [NOTHING];
  readonly happened: Happened[] = [];
  /** How many responses were explained by more than one state at that time. */
  openResponses = 0;
  readonly #owner: string;

  constructor(owner: string) {
    this.#owner = owner;
  }

  /** Records simultaneous calls. Throws all earlier calls too if no state explains them. */
  note(happened: readonly Happened[]): void {
    this.happened.push(...happened);
    const states = explain(this.states, happened);
    if (states.length === 0) throw new Error(this.#describe(happened));
    if (states.length > 1) this.openResponses++;
    this.states = states;
  }

  /** Everything due has been reconciled. */
  noteSettled(): void {
    this.states = settle(this.states);
  }

  /** Forgets the calls so far; the states stay. */
  forgetCalls(): void {
    this.happened.length = 0;
  }

  #describe(last: readonly Happened[]): string {
    const shown = this.happened.slice(-SHOWN_CALLS);
    return [
      `${this.#owner}: a response breaks the protocol. The calls and their responses, the last one broken:`,
      ...shown.map(({ call, response }) => `  ${describeCall(call)} -> ${describeResponse(response)}`),
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

function describeResponse(response: CallResponse | undefined): string {
  if (response === undefined) return "lost";
  const body = JSON.stringify(response.body ?? "");
  return `${response.status} ${body.length > SHOWN_CHARACTERS ? `${body.slice(0, SHOWN_CHARACTERS)}...` : body}`;
}
