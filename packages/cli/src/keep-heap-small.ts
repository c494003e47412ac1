import { setFlagsFromString } from "node:v8";

/**
 * For connectors, which run for years beside other software: left alone, V8 lets its heap grow with the work done
 * rather than with what is alive. This keeps it flat for a few percent of time; `pnpm bench sync` and
 * `pnpm bench runner-memory` watch both.
 */
export function keepHeapSmall(): void {
  setFlagsFromString("--max-semi-space-size=4");
  setFlagsFromString("--semi-space-growth-factor=1");
  setFlagsFromString("--heap-growing-percent=20");
}
