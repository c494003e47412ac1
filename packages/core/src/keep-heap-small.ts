import { setFlagsFromString } from "node:v8";

/**
 * For processes that run for years beside other software, as connectors do: left alone, V8 lets its heap grow with the
 * work done rather than with what is alive. This keeps it flat for a few percent of time, in the whole process, so it is
 * the process that decides; the command calls it. Call it before the first sync.
 */
export function keepHeapSmall(): void {
  setFlagsFromString("--max-semi-space-size=4");
  setFlagsFromString("--semi-space-growth-factor=1");
  setFlagsFromString("--heap-growing-percent=20");
}
