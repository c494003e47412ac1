import type { CommandIo } from "../command-io.ts";
import { openFleetDatabase } from "./open-fleet-database.ts";

interface DrillCommandOptions {
  kills: number;
  /** Seconds. */
  againWithin: number;
  /** Seconds. */
  pause: number;
  json?: boolean;
}

const MARKS: Readonly<Record<string, string>> = { true: "✓", false: "✗", null: "–" };

/** `bridgekit fleet drill`: kills workers and shows which promises of the fleet held. Returns 1 if one did not. */
export async function drill({ kills, againWithin, pause, json }: DrillCommandOptions, io: CommandIo): Promise<number> {
  await using database = await openFleetDatabase(io);
  const log = (line: string) => (json ? io.warn(line) : io.print(line));
  const promises = await database.drill({
    kills,
    againWithin,
    pauseSeconds: pause,
    log,
    signal: io.stopSignal(),
  });
  for (const { promise, isHeld, seen } of promises)
    io.print(
      json ? JSON.stringify({ promise, is_held: isHeld, seen }) : `${MARKS[String(isHeld)]} ${promise}: ${seen}`,
    );
  return promises.some(({ isHeld }) => isHeld === false) ? 1 : 0;
}
