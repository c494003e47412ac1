import { redactValue } from "../redact-value.ts";
import type { Redact } from "../redact.ts";
import type { Connector, SyncContext } from "./connector.ts";

type Changes = NonNullable<Connector["changes"]>;

/** Returns the connector with secrets masked in its errors: in message, stack and causes. */
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
  const cleanStream = <Args extends unknown[], T, End>(open: (...args: Args) => AsyncIterable<T, End>) =>
    async function* (...args: Args): AsyncGenerator<T, End> {
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
    sync(context: SyncContext<unknown>) {
      try {
        return mapValues(connector.sync(context), cleanStream);
      } catch (error) {
        throw redactValue(error, redact);
      }
    },
    tasks: mapValues(connector.tasks, clean),
    ...(changes && {
      changes: {
        cursor: clean((context: SyncContext<unknown>) => changes.cursor(context)),
        since: cleanStream((...args: Parameters<Changes["since"]>) => changes.since(...args)),
      },
    }),
    verify: mapValues(connector.verify, clean),
  };
}

function mapValues<T extends object>(object: T, map: (value: any) => unknown): T {
  return Object.fromEntries(Object.entries(object).map(([name, value]) => [name, map(value)])) as T;
}
