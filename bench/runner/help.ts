import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { Measured } from "../report.ts";

export const HELP_LIMIT_MILLISECONDS = 150;

const ROUNDS = 11;
const bin = fileURLToPath(new URL("../../packages/cli/bin/bridgekit.js", import.meta.url));

/** CPU time of `bridgekit --help` in milliseconds, process start and exit included; the median of several runs. */
export function help(): Measured {
  const times = Array.from({ length: ROUNDS }, processorMilliseconds).sort((a, b) => a - b);
  const median = times[Math.floor(ROUNDS / 2)]!;
  return { ratio: median, text: `${median} ms of processor time, ${times[0]} to ${times.at(-1)} in ${ROUNDS} runs` };
}

/** Parses the shell's `times` of its children: `0m0.090s 0m0.020s`, user and system, in the second of two lines. */
function processorMilliseconds(): number {
  const script = '"$0" "$1" --help > /dev/null && times';
  const lines = execFileSync("sh", ["-c", script, process.execPath, bin], { encoding: "utf8" }).trim().split("\n");
  const [user, system] = [...lines[1]!.matchAll(/(\d+)m([\d.]+)s/g)].map(
    ([, minutes, seconds]) => (Number(minutes) * 60 + Number(seconds)) * 1000,
  );
  return Math.round(user! + system!);
}
