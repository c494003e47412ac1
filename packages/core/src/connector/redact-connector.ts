import { redactValue } from "../redact-value.ts";
import type { Redact } from "../redact.ts";
import type { Connector, SyncContext } from "./connector.ts";

type Changes = NonNullable<Connector["changes"]>;
type Verify = NonNullable<Connector["verify"]>;

/** The same connector, whose errors hold no secret: neither in their message and stack nor in their causes. */
export function redactConnector(connector: Connector, redact: Redact): Connector {
  const clean = <Args extends unknown[], T>(call: (...args: Args) => T | Promise<T>) => {
    return async (...args: Args): Promise<T> => {
      try {
        return await call(...args);
      } catch (error) {
        throw redactValue(error, redact);
      }
    };
  };
  const fail = (error: unknown): never => {
    throw redactValue(error, redact);
  };
  const cleanStream =
    <Args extends unknown[]>(open: (...args: Args) => AsyncIterable<unknown>) =>
    (...args: Args): AsyncIterable<unknown> => ({
      [Symbol.asyncIterator]() {
        const iterator = open(...args)[Symbol.asyncIterator]();
        return {
          // Called for each record, so without an async function around it.
          next() {
            try {
              return Promise.resolve(iterator.next()).then(undefined, fail);
            } catch (error) {
              return fail(error);
            }
          },
          return: clean(async () => (await iterator.return?.()) ?? { done: true, value: undefined }),
        };
      },
    });
  const cleanChanges = (open: Changes["since"]): Changes["since"] =>
    async function* (...args) {
      try {
        return yield* open(...args);
      } catch (error) {
        throw redactValue(error, redact);
      }
    };
  const { changes } = connector;
  return {
    ...connector,
    connect: clean((...args: Parameters<Connector["connect"]>) => connector.connect(...args) as unknown),
    check: clean((context: Parameters<Connector["check"]>[0]) => connector.check(context)),
    sync: mapValues(connector.sync, cleanStream),
    tasks: mapValues(connector.tasks, clean),
    ...(changes && {
      changes: {
        cursor: clean((context: SyncContext<unknown>) => changes.cursor(context)),
        since: cleanChanges((context, cursor) => changes.since(context, cursor)),
      },
    }),
    ...(connector.verify && { verify: clean((...args: Parameters<Verify>) => connector.verify!(...args)) }),
  };
}

function mapValues<T extends object>(object: T, map: (value: any) => unknown): T {
  return Object.fromEntries(Object.entries(object).map(([name, value]) => [name, map(value)])) as T;
}
