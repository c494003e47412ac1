import cliTruncate from "cli-truncate";
import colors from "picocolors";
import stringWidth from "string-width";
import { toPlain } from "./to-plain.ts";

/** Which apps get a line first if not all fit. */
const ORDER = ["syncing", "failing", "incomplete", "waiting", "idle"] as const;

export interface LiveApp {
  state: (typeof ORDER)[number];
  /** Describes what the app is doing in at most this many columns. */
  describe(columns: number): string;
}

const LONGEST_NAME = 28;
const MARKS = {
  syncing: colors.cyan("▶"),
  failing: colors.red("✖"),
  incomplete: colors.yellow("!"),
  waiting: colors.dim("·"),
  idle: colors.green("✔"),
};

/**
 * Renders one line per app in the order of their first event. If not all fit, shows the most interesting ones and a last
 * line that counts the others. No line is wider than the terminal.
 */
export function renderApps(apps: ReadonlyMap<string, LiveApp>, { columns, rows }: { columns: number; rows: number }) {
  const room = Math.max(rows - 2, 1);
  const hasRoom = apps.size <= room;
  const shown = hasRoom ? new Set(apps.values()) : new Set(mostInteresting(apps).slice(0, Math.max(room - 1, 0)));
  const longest = Math.max(
    0,
    ...[...apps].filter(([, app]) => shown.has(app)).map(([name]) => stringWidth(toPlain(name))),
  );
  // Some terminals wrap a line that fills the last column.
  const width = Math.max(columns - 1, 1);
  const nameWidth = Math.min(longest, LONGEST_NAME, Math.max(8, Math.floor(width / 3)));

  const lines: string[] = [];
  const rest = new Map<string, number>();
  for (const [name, app] of apps) {
    if (shown.has(app)) {
      // Truncates in the middle, because names often differ only at the end.
      const label = cliTruncate(toPlain(name), nameWidth, { position: "middle" });
      const padding = " ".repeat(Math.max(0, nameWidth - stringWidth(label)));
      const text = app.describe(width - nameWidth - 4);
      lines.push(cliTruncate(`${MARKS[app.state]} ${label}${padding}  ${text}`, width));
    } else rest.set(app.state, (rest.get(app.state) ?? 0) + 1);
  }
  if (!hasRoom) {
    const counts = ORDER.filter((state) => rest.has(state)).map((state) => `${rest.get(state)} ${state}`);
    lines.push(cliTruncate(colors.dim(`  and ${apps.size - shown.size} more: ${counts.join(", ")}`), width));
  }
  return lines.join("\n");
}

function mostInteresting(apps: ReadonlyMap<string, LiveApp>): LiveApp[] {
  return [...apps.values()].sort((a, b) => ORDER.indexOf(a.state) - ORDER.indexOf(b.state));
}
