import { type messages, parse, type PGlite, protocol, type Results } from "@electric-sql/pglite";

type Message = messages.BackendMessage;

const { serialize } = protocol;

/**
 * Statements that PGlite keeps planned. Its own `query` plans each time, which takes ten times as long as a claim of
 * tasks itself.
 */
export class PreparedStatements {
  readonly #pglite: PGlite;
  /** What PostgreSQL says about the parameters and columns of each, by name. */
  readonly #descriptions = new Map<string, readonly Message[]>();

  constructor(pglite: PGlite) {
    this.#pglite = pglite;
  }

  /** Each name stands for one text. */
  query<Row>(name: string, text: string, values: readonly unknown[]): Promise<Results<Row>> {
    return this.#pglite.runExclusive(async () => {
      const description = this.#descriptions.get(name) ?? (await this.#prepare(name, text));
      const executed = await this.#send([
        serialize.bind({ statement: name, values: this.#write(values, description) }),
        serialize.execute(),
      ]);
      const [results] = parse.parseResults([...description, ...executed], this.#pglite.parsers);
      return results as Results<Row>;
    });
  }

  async #prepare(name: string, text: string): Promise<readonly Message[]> {
    const description = await this.#send([
      // Left behind by a failure after it was prepared.
      serialize.close({ type: "S", name }),
      serialize.parse({ name, text }),
      serialize.describe({ type: "S", name }),
    ]);
    this.#descriptions.set(name, description);
    return description;
  }

  #write(values: readonly unknown[], description: readonly Message[]): (string | null)[] {
    const types = parse.parseDescribeStatementResults([...description]);
    return values.map((value, index) => {
      if (value === null || value === undefined) return null;
      const write = this.#pglite.serializers[types[index]!] ?? String;
      return write(value);
    });
  }

  /** One by one: PGlite would not stop at a message that ends the database. */
  async #send(steps: readonly Uint8Array[]): Promise<Message[]> {
    const received: Message[] = [];
    const send = async (step: Uint8Array) => {
      received.push(...(await this.#pglite.execProtocolStream(step, { syncToFs: false })));
    };
    try {
      for (const step of steps) await send(step);
    } finally {
      // Ends a failed statement too, and an implicit transaction.
      await send(serialize.sync());
    }
    return received;
  }
}
